package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightHistogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CountsTest {

    private static final Percentage BUCKET = Percentage.withPercentage(7);

    private final StallsightHistogram one = new StallsightHistogram();
    private final StallsightHistogram other = new StallsightHistogram();
    private final Counts counts = new Counts();

    @Test
    void quantile_ofNothing_isZero() {
        counts.add(one, null);

        assertThat(counts.isEmpty()).isTrue();
        assertThat(counts.quantile(0.5)).isZero();
    }

    @Test
    void quantile_isThatOfAllSources() {
        for (int i = 0; i < 9; i++) {
            one.add(1_000_000);
        }
        other.add(500_000_000);

        counts.add(one, null);
        counts.add(other, null);

        assertThat(counts.quantile(0.5)).isCloseTo(1_000_000, BUCKET);
        assertThat(counts.quantile(1)).isCloseTo(500_000_000, BUCKET);
    }

    @Test
    void add_countsOnlyWhatCameSinceTheLastLook() {
        one.add(500_000_000);
        long[] last = counts.add(one, null);
        counts.clear();
        one.add(1_000_000);

        counts.add(one, last);

        assertThat(counts.quantile(1)).isCloseTo(1_000_000, BUCKET);
    }
}
