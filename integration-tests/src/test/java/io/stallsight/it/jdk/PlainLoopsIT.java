package io.stallsight.it.jdk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import app.jdk.EqualTasks;
import app.loops.DutyCycles;
import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** A loop outside of every framework is recognised by its behaviour: it selects. */
class PlainLoopsIT {

    /** A tick that is not timed from its beginning is measured from the watch's next look at it. */
    private static final int MAX_LATE_MILLIS = 30;

    @EachJdk
    void handWrittenSelectorLoop_blockingHandler_isFlaggedAndSelectIsNot(Jdk jdk) {
        check(jdk, "app.jdk.HandWrittenLoop");
    }

    @EachJdk
    void httpClientSelector_blockingBodyHandler_isFlaggedAndPooledIsNot(Jdk jdk) {
        check(jdk, "app.jdk.HttpClientSelector");
    }

    /** A round that finds nothing to do is a part of the wait, also where the thread spins. */
    @EachJdk
    void roundsOfAgents_areTicks_andSpinningIsNone(Jdk jdk) {
        Outcome outcome = check(jdk, "app.loops.DutyCycles");

        Path recording = requireNonNull(outcome.recording());
        List<RecordedEvent> stalls = Recordings.events(recording, "stallsight.LoopStall").stream()
                .filter(stall -> !stall.getBoolean("ongoing"))
                .toList();
        assertThat(stalls)
                .filteredOn(stall -> stall.getDuration().toMillis() >= DutyCycles.COMPUTE_MILLIS - MAX_LATE_MILLIS)
                .extracting(stall -> stall.getString("loopGroup"))
                .contains("orders-spinning", "orders-parking", "orders-own");
        assertThat(stalls)
                .filteredOn(stall -> stall.getString("cause").equals("CPU")) // not a busy machine's
                .allSatisfy(stall -> assertThat(stall.getString("site"))
                        .containsAnyOf("DutyCycles.computeForLong", "Handlers.compute"));
        assertThat(Recordings.events(recording, "stallsight.LoopLag"))
                .filteredOn(lag -> lag.getString("loopGroup").equals("orders-spinning"))
                .anySatisfy(lag -> {
                    assertThat(lag.getLong("ticks")).as("ticks").isLessThan(10_000);
                    assertThat(lag.getDouble("utilization")).as("utilization").isLessThan(0.5);
                });
    }

    /** Their samples are alike. */
    @EachJdk
    void manyEqualTasks_areCounted(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.jdk.EqualTasks")
                .agent()
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();

        assertThat(Recordings.events(requireNonNull(outcome.recording()), "stallsight.LoopStall"))
                .filteredOn(stall -> !stall.getBoolean("ongoing"))
                .filteredOn(stall -> !stall.getString("cause").equals("NOT_SCHEDULED")) // a busy machine's
                .isNotEmpty()
                .allSatisfy(stall -> {
                    assertThat(stall.getString("cause")).isEqualTo("MANY_SMALL_TASKS");
                    assertThat(stall.getLong("tasks"))
                            .isBetween(EqualTasks.TASKS / 2L, (long) EqualTasks.TASKS * EqualTasks.ROUNDS);
                    assertThat(stall.getString("topTasks")).contains("EqualTasks.main (");
                });
    }

    private static Outcome check(Jdk jdk, String main) {
        Outcome outcome = ForkedJvm.of(jdk, main)
                .agent()
                .classPath(ClassPath.programs().with("agrona-"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
        return outcome;
    }
}
