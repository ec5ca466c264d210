package io.stallsight.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatsTest {

    private final Heartbeats beats = new Heartbeats();

    @Test
    void longestSilence_noBeat_isAllOfTheTime() {
        assertThat(beats.longestSilence(1_000, 1_500)).isEqualTo(500);
    }

    @Test
    void longestSilence_beatsBetween_isTheLongestTimeWithout() {
        beats.beat(1_100);
        beats.beat(1_400);

        assertThat(beats.longestSilence(1_000, 1_500)).isEqualTo(300);
    }

    @Test
    void longestSilence_beatsOutside_doNotCount() {
        beats.beat(900);
        beats.beat(1_600);

        assertThat(beats.longestSilence(1_000, 1_500)).isEqualTo(500);
    }

    @Test
    void longestSilence_moreBeatsThanAreKept_theLatestCount() {
        for (int i = 1; i <= 1_000; i++) {
            beats.beat(i * 50L);
        }

        assertThat(beats.longestSilence(49_000, 50_000)).isEqualTo(50);
    }

    @Test
    void longestSilence_clockThatWrapsAround_isMeasuredAcross() {
        beats.beat(Long.MAX_VALUE - 10);

        assertThat(beats.longestSilence(Long.MAX_VALUE - 100, Long.MIN_VALUE + 50))
                .isEqualTo(90);
    }
}
