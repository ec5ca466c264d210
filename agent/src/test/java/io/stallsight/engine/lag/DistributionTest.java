package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stallsight.hook.StallsightHistogram;
import org.junit.jupiter.api.Test;

class DistributionTest {

    private final StallsightHistogram source = new StallsightHistogram();

    @Test
    void next_takesOnlyWhatCameSince() {
        source.add(1_000_000);
        Distribution distribution = new Distribution(source);
        source.add(5_000_000);
        source.add(7_000_000);

        distribution.next();
        assertThat(distribution.added().total()).isEqualTo(2);
        assertThat(distribution.added().max()).isCloseTo(7_000_000, withinPercentage(4));

        distribution.next();
        assertThat(distribution.added().total()).isZero();
        assertThat(distribution.added().max()).isZero();
        assertThat(distribution.added().quantile(0.5)).isZero();
    }

    @Test
    void quantile_isTheDurationThatThisShareDidNotExceed() {
        Distribution distribution = new Distribution(source);
        for (int i = 1; i <= 100; i++) {
            source.add(i * 1_000_000L);
        }
        distribution.next();

        assertThat(distribution.added().quantile(0.5)).isCloseTo(50_000_000L, withinPercentage(6));
        assertThat(distribution.added().quantile(0.9)).isCloseTo(90_000_000L, withinPercentage(6));
        assertThat(distribution.added().quantile(1))
                .isEqualTo(distribution.added().max());
    }

    @Test
    void quantile_ofOne_isThatOne() {
        Distribution distribution = new Distribution(source);
        source.add(123_456_789);
        distribution.next();

        assertThat(distribution.added().quantile(0.01))
                .isEqualTo(distribution.added().quantile(0.99));
        assertThat(distribution.added().quantile(0.5)).isCloseTo(123_456_789, withinPercentage(4));
    }

    @Test
    void middle_liesInItsBucket() {
        for (int bucket = 0; bucket < StallsightHistogram.SIZE; bucket++) {
            assertThat(StallsightHistogram.bucket(Counts.middle(bucket))).isEqualTo(bucket);
        }
    }
}
