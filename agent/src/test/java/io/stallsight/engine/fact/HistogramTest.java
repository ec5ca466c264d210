package io.stallsight.engine.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightHistogram;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void everyBound_isABoundOfTheHooks_soThatTheirCountsAreInOneBucket() {
        for (int i = 0; i < Histogram.BOUNDS; i++) {
            long bound = Histogram.bound(i);

            assertThat(StallsightHistogram.lowerBound(StallsightHistogram.bucket(bound)))
                    .isEqualTo(bound);
            assertThat(Histogram.bucketOf(bound - 1)).isEqualTo(i);
            assertThat(Histogram.bucketOf(bound)).isEqualTo(i + 1);
        }
    }

    @Test
    void shortestAndLongestDurations_areInTheFirstAndTheLastBucket() {
        assertThat(Histogram.bucketOf(0)).isZero();
        assertThat(Histogram.bucketOf(1)).isZero();
        assertThat(Histogram.bucketOf(Long.MAX_VALUE)).isEqualTo(Histogram.BOUNDS);
    }

    @Test
    void histogram_doesNotChange_whenItsBuilderGoesOn() {
        Histogram.Builder builder = new Histogram.Builder().add(1_000_000, 2);
        Histogram built = builder.build();
        builder.add(1_000_000, 5);

        assertThat(built.count(Histogram.bucketOf(1_000_000))).isEqualTo(2);
        assertThat(built.sum()).isEqualTo(2_000_000);
    }
}
