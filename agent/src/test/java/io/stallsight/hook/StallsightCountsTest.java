package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallsightCountsTest {

    @Test
    void bucket_ofItsLeastDuration_isItself() {
        for (int bucket = 0; bucket < StallsightCounts.SIZE; bucket++) {
            assertThat(StallsightCounts.bucket(StallsightCounts.least(bucket))).isEqualTo(bucket);
        }
    }

    @Test
    void bucket_justBelowTheNextOne_isStillTheSame() {
        for (int bucket = 0; bucket < StallsightCounts.SIZE - 1; bucket++) {
            assertThat(StallsightCounts.bucket(StallsightCounts.least(bucket + 1) - 1))
                    .isEqualTo(bucket);
        }
    }

    @Test
    void buckets_areNarrow() {
        for (int bucket = 1; bucket < StallsightCounts.SIZE - 1; bucket++) {
            double least = StallsightCounts.least(bucket);
            assertThat(StallsightCounts.least(bucket + 1) / least).isBetween(1.03, 1.0626);
        }
    }

    @Test
    void bucket_belowAMicrosecond_isTheFirst() {
        assertThat(StallsightCounts.bucket(0)).isZero();
        assertThat(StallsightCounts.bucket(-5)).isZero();
        assertThat(StallsightCounts.bucket(999)).isZero();
    }

    @Test
    void bucket_beyondTheRange_isTheLast() {
        assertThat(StallsightCounts.bucket(TimeUnit.MINUTES.toNanos(37))).isEqualTo(StallsightCounts.SIZE - 1);
        assertThat(StallsightCounts.bucket(Long.MAX_VALUE)).isEqualTo(StallsightCounts.SIZE - 1);
    }

    @Test
    void add_isSeenInACopy() {
        StallsightCounts counts = new StallsightCounts();
        long[] copy = new long[StallsightCounts.SIZE];
        counts.add(2_000_000);
        counts.add(2_000_001);
        counts.copyTo(copy);

        assertThat(copy[StallsightCounts.bucket(2_000_000)]).isEqualTo(2);
        assertThat(java.util.Arrays.stream(copy).sum()).isEqualTo(2);
    }
}
