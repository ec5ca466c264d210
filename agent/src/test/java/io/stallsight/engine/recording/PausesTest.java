package io.stallsight.engine.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PausesTest {

    private final Pauses pauses = new Pauses();

    @Test
    void within_isWhatOverlaps() {
        pauses.add(new Pauses.Pause(500, 100));
        pauses.add(new Pauses.Pause(100, 50));

        assertThat(pauses.within(0, 1_000)).isEqualTo(150);
        assertThat(pauses.within(120, 10)).isEqualTo(10);
        assertThat(pauses.within(140, 400)).isEqualTo(10 + 40);
        assertThat(pauses.within(150, 350)).isZero();
        assertThat(pauses.within(550, 1_000)).isEqualTo(50);
    }

    @Test
    void within_aLongPauseThatBeganBeforeShortOnes_counts() {
        pauses.add(new Pauses.Pause(0, 1_000));
        pauses.add(new Pauses.Pause(10, 1));
        pauses.add(new Pauses.Pause(20, 1));

        assertThat(pauses.within(900, 50)).isEqualTo(50);
    }

    @Test
    void totals_areOfAll() {
        pauses.add(new Pauses.Pause(500, 100));
        pauses.add(new Pauses.Pause(100, 50));

        assertThat(pauses.count()).isEqualTo(2);
        assertThat(pauses.totalNanos()).isEqualTo(150);
        assertThat(pauses.longestNanos()).isEqualTo(100);
        assertThat(pauses.longerThan(60)).containsExactly(new Pauses.Pause(500, 100));
    }
}
