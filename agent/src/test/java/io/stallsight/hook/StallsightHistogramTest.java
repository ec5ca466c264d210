package io.stallsight.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StallsightHistogramTest {

    @Test
    void bucket_ofItsLeastDuration_isItself() {
        for (int bucket = 0; bucket < StallsightHistogram.SIZE; bucket++) {
            assertThat(StallsightHistogram.bucket(StallsightHistogram.lowerBound(bucket)))
                    .isEqualTo(bucket);
        }
    }

    @Test
    void bucket_justBelowTheNextOne_isStillTheSame() {
        for (int bucket = 0; bucket < StallsightHistogram.SIZE - 1; bucket++) {
            assertThat(StallsightHistogram.bucket(StallsightHistogram.lowerBound(bucket + 1) - 1))
                    .isEqualTo(bucket);
        }
    }

    @Test
    void buckets_areNarrow() {
        for (int bucket = 1; bucket < StallsightHistogram.SIZE - 1; bucket++) {
            double least = StallsightHistogram.lowerBound(bucket);
            assertThat(StallsightHistogram.lowerBound(bucket + 1) / least).isBetween(1.03, 1.0626);
        }
    }

    @Test
    void bucket_belowAMicrosecond_isTheFirst() {
        assertThat(StallsightHistogram.bucket(0)).isZero();
        assertThat(StallsightHistogram.bucket(-5)).isZero();
        assertThat(StallsightHistogram.bucket(999)).isZero();
    }

    @Test
    void bucket_beyondTheRange_isTheLast() {
        assertThat(StallsightHistogram.bucket(TimeUnit.MINUTES.toNanos(37))).isEqualTo(StallsightHistogram.SIZE - 1);
        assertThat(StallsightHistogram.bucket(Long.MAX_VALUE)).isEqualTo(StallsightHistogram.SIZE - 1);
    }
}
