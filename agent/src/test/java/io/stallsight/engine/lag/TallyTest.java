package io.stallsight.engine.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.hook.StallsightHistogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Percentage BUCKET = Percentage.withPercentage(7);

    private final StallsightHistogram one = new StallsightHistogram();
    private final StallsightHistogram other = new StallsightHistogram();
    private final Tally tally = new Tally();

    @Test
    void quantile_ofNothing_isZero() {
        tally.add(one, null);

        assertThat(tally.isEmpty()).isTrue();
        assertThat(tally.quantile(0.5)).isZero();
    }

    @Test
    void quantile_isThatOfAllSources() {
        for (int i = 0; i < 9; i++) {
            one.add(1_000_000);
        }
        other.add(500_000_000);

        tally.add(one, null);
        tally.add(other, null);

        assertThat(tally.quantile(0.5)).isCloseTo(1_000_000, BUCKET);
        assertThat(tally.quantile(1)).isCloseTo(500_000_000, BUCKET);
    }

    @Test
    void add_countsOnlyWhatCameSinceTheLastLook() {
        one.add(500_000_000);
        long[] last = tally.add(one, null);
        tally.clear();
        one.add(1_000_000);

        tally.add(one, last);

        assertThat(tally.quantile(1)).isCloseTo(1_000_000, BUCKET);
    }
}
