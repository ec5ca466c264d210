package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ages of the oldest task, from numbers of tasks; times are made up. */
class WaitingLineTest {

    private final WaitingLine line = new WaitingLine();

    @Test
    void age_isSinceTheLookAtWhichMoreHadComeThanAreBegun() {
        line.look(100, 2, 3);
        line.look(200, 2, 10);
        line.look(300, 5, 7);
        assertThat(line.age()).as("the first five are begun").isEqualTo(100);

        line.look(400, 12, 3);
        assertThat(line.age()).as("those of the second look are begun").isZero();
        line.look(500, 12, 3);
        assertThat(line.age()).isEqualTo(100);
    }

    @Test
    void age_ofAQueueThatAlwaysMoves_isItsWait() {
        for (int i = 0; i < 1_000; i++) {
            line.look(i, 2L * i, 320);
        }
        assertThat(line.age()).isBetween(150L, 160L);
    }

    @Test
    void age_ofAnEmptyQueue_isZero() {
        line.look(100, 2, 3);
        line.look(200, 5, 0);
        assertThat(line.age()).isZero();
    }

    @Test
    void age_afterTasksWereTakenBack_isNotTheirs() {
        line.look(100, 2, 3);
        line.look(200, 2, 9);
        line.look(300, 2, 6);
        assertThat(line.age())
                .as("three of nine are gone: the three oldest, for all that is known")
                .isEqualTo(100);
    }

    @Test
    void age_afterManyLooks_isALowerBound() {
        for (int i = 0; i < 1_000; i++) {
            line.look(i, 2, 3 + i);
        }
        assertThat(line.age()).isEqualTo(999);
        line.look(1_000, 502, 502);
        assertThat(line.age()).isBetween(400L, 501L);
    }
}
