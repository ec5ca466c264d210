package io.stallsight.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EvictionsTest {

    private static final long START = 1_700_000_040_000L;

    private final Evictions evictions = new Evictions();

    @Test
    void rangeOfMinutes_countsWhatEndedInIt() {
        for (int minute = 0; minute < 30; minute++) {
            evictions.add(at(minute));
        }

        assertThat(evictions.after(at(20))).isEqualTo(10);
        assertThat(evictions.after(at(0))).isEqualTo(30);
        assertThat(evictions.after(at(30))).isZero();
    }

    @Test
    void nothingHasMadeRoom() {
        assertThat(evictions.after(at(0))).isZero();
        assertThat(evictions.after(0)).isZero();
        assertThat(evictions.after(-at(5))).isZero();
    }

    @Test
    void rangeOfAWholeRecording_countsAll_whileTheLastHourIsApart() {
        for (int minute = 0; minute < 200; minute += 2) {
            evictions.add(at(minute));
        }

        assertThat(evictions.after(at(0))).isEqualTo(100);
        assertThat(evictions.after(at(190))).isEqualTo(5);
    }

    @Test
    void afterALongPause_nothingOldIsInTheLastHour() {
        evictions.add(at(0));
        evictions.add(at(500));
        evictions.add(at(1));

        assertThat(evictions.after(at(450))).isEqualTo(1);
        assertThat(evictions.after(at(0))).isEqualTo(3);
    }

    private static long at(int minute) {
        return START + TimeUnit.MINUTES.toMillis(minute);
    }
}
