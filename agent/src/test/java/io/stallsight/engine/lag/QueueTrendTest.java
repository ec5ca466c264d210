package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the numbers of a queue say of its future; times are made up. */
class QueueTrendTest {

    private final WaitingLine line = new WaitingLine();

    @Test
    void burst_isGoneAtThePaceAtWhichItWasTakenSoFar() {
        line.look(0, 2, 30);
        line.look(1_000, 12, 20);

        assertThat(line.trend()).isEqualTo(new QueueTrend(1_000, 20, 0, 10));
        assertThat(line.trend().isGoneWithin(2_001)).isTrue();
        assertThat(line.trend().isGoneWithin(2_000)).isFalse();
        assertThat(line.trend().isBatch()).isTrue();
    }

    @Test
    void queueToWhichAsManyComeAsGo_isNeverGone() {
        line.look(0, 2, 30);
        line.look(1_000, 12, 30);

        assertThat(line.trend()).isEqualTo(new QueueTrend(1_000, 30, 10, 10));
        assertThat(line.trend().isGoneWithin(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void queueThatStandsStill_isNeverGone() {
        line.look(0, 1, 3);
        line.look(1_000, 1, 3);

        assertThat(line.trend().isGoneWithin(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void queueMostOfWhichCameLater_isNoBatch() {
        line.look(0, 1, 3);
        line.look(1_000, 1, 6);

        assertThat(line.trend().isBatch()).isFalse();
    }

    @Test
    void emptyQueue_hasNoTrend() {
        line.look(0, 1, 0);

        assertThat(line.trend()).isEqualTo(QueueTrend.NONE);
    }
}
