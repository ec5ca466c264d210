package io.stallsight.it.loops;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/** The scheduler of virtual threads is a loop group: a virtual thread that keeps its carrier holds up the others. */
class SchedulerIT {

    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;
    private static final String SCHEDULER = "virtual threads";

    @EachJdk(from = FIRST_WITH_VIRTUAL_THREADS)
    void computingVirtualThread_withNoOtherCarrier_isAStallAtItsLine(Jdk jdk) {
        Outcome outcome = run(jdk, "cpu", 1);

        assertThat(stalls(outcome)).anySatisfy(stall -> {
            assertThat(stall.getString("cause")).isEqualTo("CPU");
            assertThat(stall.getString("site")).startsWith("app.scheduler.Hogs.compute(Hogs.java:");
            assertThat(stall.getString("detail")).contains("virtual thread hog-", "ForkJoinPool-1-worker-1");
            assertThat(stall.getLong("waiting")).as("the tickers").isGreaterThan(3);
            assertThat(stall.getDouble("harm")).isPositive();
        });
        assertThat(of(outcome, "stallsight.LoopLag")).anySatisfy(lag -> {
            assertThat(lag.getDuration("lagMax").toMillis()).isGreaterThan(100);
            assertThat(lag.getDouble("utilization")).isPositive();
        });
        assertThat(outcome.errors()).contains("STALL: virtual threads was stuck for ");
        assertThat(Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.PoolExhausted"))
                .as("the stall says it")
                .isEmpty();
    }

    @EachJdk(from = FIRST_WITH_VIRTUAL_THREADS)
    void virtualThreadInANativeRead_withNoOtherCarrier_isAStallAtItsLine(Jdk jdk) {
        Outcome outcome = run(jdk, "read", 1);

        assertThat(stalls(outcome)).anySatisfy(stall -> {
            assertThat(stall.getString("cause")).isIn("NATIVE", "BLOCKING_CALL");
            assertThat(stall.getString("site")).startsWith("app.scheduler.Hogs.read(Hogs.java:");
        });
    }

    @EachJdk(from = FIRST_WITH_VIRTUAL_THREADS)
    void computingVirtualThread_besideAFreeCarrier_holdsUpNobody(Jdk jdk) {
        Outcome outcome = run(jdk, "free", 2);

        assertThat(stalls(outcome))
                .allSatisfy(stall -> assertThat(stall.getString("site")).isEmpty());
        assertThat(of(outcome, "stallsight.LoopLag")).as("it is observed").isNotEmpty();
    }

    private static Outcome run(Jdk jdk, String what, int carriers) {
        Outcome outcome = ForkedJvm.of(jdk, "app.scheduler.Hogs", what)
                .agent("interval=200ms", "threshold.pool=100ms")
                .options(
                        "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                        "-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers)
                .recording()
                .run()
                .healthy();
        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        return outcome;
    }

    private static List<RecordedEvent> stalls(Outcome outcome) {
        return of(outcome, "stallsight.LoopStall");
    }

    private static List<RecordedEvent> of(Outcome outcome, String type) {
        return Recordings.events(Objects.requireNonNull(outcome.recording()), type).stream()
                .filter(event -> SCHEDULER.equals(event.getString("loopGroup")))
                .toList();
    }
}
