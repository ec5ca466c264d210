package io.stallsight.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @Test
    void thing_isGone_afterThreeIntervalsWithoutASample() {
        Recent<String> recent = new Recent<>(10 * SECOND);
        recent.put("a", "sample", 0);
        recent.put("b", "sample", 0);
        recent.put("b", "sample", 20 * SECOND);

        assertThat(recent.present(30 * SECOND)).containsExactlyInAnyOrder("a", "b");
        assertThat(recent.present(31 * SECOND)).containsExactly("b");
    }

    @Test
    void thing_isNotGone_afterAPauseOfTheJvm() {
        Recent<String> recent = new Recent<>(SECOND / 10);
        recent.put("a", "sample", 0);

        assertThat(recent.present(4 * SECOND)).containsExactly("a");
        assertThat(recent.present(6 * SECOND)).isEmpty();
    }
}
