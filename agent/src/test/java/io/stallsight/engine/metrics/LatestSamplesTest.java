package io.stallsight.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatestSamplesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void sample_expires_afterThreeIntervals() {
        LatestSamples<String> latest = new LatestSamples<>(10 * SECOND);
        latest.put("a", "sample", 0);
        latest.put("b", "sample", 0);
        latest.put("b", "sample", 20 * SECOND);

        assertThat(latest.expire(30 * SECOND)).containsExactlyInAnyOrder("a", "b");
        assertThat(latest.expire(31 * SECOND)).containsExactly("b");
    }

    @Test
    void sample_survivesAPauseOfTheJvm_whenTheIntervalIsShort() {
        LatestSamples<String> latest = new LatestSamples<>(SECOND / 10);
        latest.put("a", "sample", 0);

        assertThat(latest.expire(4 * SECOND)).containsExactly("a");
        assertThat(latest.expire(6 * SECOND)).isEmpty();
    }
}
