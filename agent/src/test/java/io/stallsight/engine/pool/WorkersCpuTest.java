package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times are milliseconds here. */
class WorkersCpuTest {

    private static final long MILLI = 1_000_000L;

    private final Map<Long, Long> times = new HashMap<>();
    private final WorkersCpu cpu = new WorkersCpu(id -> times.getOrDefault(id, -1L), 2);
    private final List<Thread> workers = List.of(new Thread(), new Thread(), new Thread());

    private void got(long... millis) {
        for (int i = 0; i < millis.length; i++) {
            times.put(workers.get(i).getId(), millis[i] * MILLI);
        }
    }

    @Test
    void cpusAreScarce_ifWorkersGotLessThanHalfOfThem() {
        got(10, 20, 30);
        cpu.begin(workers, 0);
        got(310, 320, 330);
        assertThat(cpu.areScarce(1_000 * MILLI)).isTrue();
    }

    /** More workers than CPUs: that they share them is the application's own doing. */
    @Test
    void cpusAreNotScarce_ifTheWorkersHadThem() {
        got(0, 0, 0);
        cpu.begin(workers, 0);
        got(500, 600, 300);
        assertThat(cpu.areScarce(1_000 * MILLI)).isFalse();
    }

    @Test
    void theFirstReadingCounts_untilTheEnd() {
        got(0, 0, 0);
        cpu.begin(workers, 0);
        got(900, 900, 0);
        cpu.begin(workers, 900 * MILLI);
        assertThat(cpu.areScarce(1_000 * MILLI)).isFalse();
        assertThat(cpu.isBegun()).isFalse();
    }

    @Test
    void nothingIsKnown_withoutReadings() {
        cpu.begin(workers, 0);
        assertThat(cpu.areScarce(1_000 * MILLI)).isFalse();
    }
}
