package io.stallsight.it.deadlock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.BlockingCall;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;

/** A loop that waits for itself is reported while it waits; a loop that waits for another thread is not. */
class SelfDeadlockIT {

    @EachJdk
    void loopThatWaitsForItself_isReportedAtOnce_andNoOther(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.deadlock.SelfDeadlocks")
                .agent("threads=pool-loop-*")
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "jspecify"))
                .recording()
                .run()
                .healthy();

        List<RecordedEvent> reported =
                Recordings.events(requireNonNull(outcome.recording()), "stallsight.SelfDeadlock");

        assertThat(reported)
                .as(() -> "reported; " + outcome.describe())
                .extracting(event -> event.getString("name"))
                .containsOnlyOnce("netty-self", "pool-loop-1")
                .containsAnyOf("cycle-left", "cycle-right")
                .doesNotContain("innocent");
        assertThat(reported).allSatisfy(event -> {
            assertThat(event.getString("site")).contains("app.deadlock.SelfDeadlocks.await(");
            assertThat(event.getString("path")).endsWith(event.getString("waitsFor"));
            assertThat(event.getStartTime()).isBefore(endOfWait(outcome, event.getString("name")));
        });
        assertThat(reported)
                .filteredOn(event -> event.getString("name").startsWith("cycle-"))
                .allSatisfy(event -> assertThat(event.getString("through"))
                        .startsWith("cycle-")
                        .isNotEqualTo(event.getString("name")));
        // the innocent loop did block, so the agent could have reported it
        assertThat(outcome.blockingCalls()).extracting(BlockingCall::thread).contains("innocent");
    }

    /** More than forty waits for another thread, and all shapes of waits for oneself, at the same time. */
    @EachJdk
    void waitForAnotherThread_isNeverReported_andAnyTrueOneIs(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.deadlock.Waits")
                .agent("threads=innocent-*;true-*;late-*")
                .quietFramework()
                .classPath(
                        ClassPath.programs().with("netty-", "jspecify", "reactor-core", "reactive-streams", "rxjava-3"))
                .recording()
                .run()
                .healthy();
        assertThat(outcome.lines("FAILED")).as(outcome::describe).isEmpty();

        List<RecordedEvent> reported =
                Recordings.events(requireNonNull(outcome.recording()), "stallsight.SelfDeadlock");

        assertThat(reported)
                .as(() -> "reported; " + outcome.describe())
                .extracting(event -> event.getString("name"))
                .noneMatch(name -> name.startsWith("innocent-"));
        assertThat(certainties(reported, "true-lambda", "true-latch")).containsOnly("suspected");
        assertThat(certainties(
                        reported,
                        "true-submit",
                        "true-scheduled",
                        "true-supply",
                        "true-run",
                        "true-then",
                        "true-chain",
                        "true-all",
                        "true-reactor",
                        "true-rxjava"))
                .containsOnly("proven");
        assertThat(certainties(reported, "late-lambda")).containsExactly("suspected", "withdrawn");
        // each innocent loop did block, so the agent could have reported it
        assertThat(outcome.blockingCalls())
                .extracting(BlockingCall::thread)
                .filteredOn(name -> name.startsWith("innocent-"))
                .hasSizeGreaterThanOrEqualTo(40);
    }

    private static List<String> certainties(List<RecordedEvent> events, String... loops) {
        List<String> certainties = new ArrayList<>();
        for (String loop : loops) {
            List<String> of = events.stream()
                    .filter(event -> event.getString("name").equals(loop + "-1"))
                    .sorted(Comparator.comparing(RecordedEvent::getEndTime)) // JFR writes a buffer for each thread
                    .map(event -> event.getString("certainty"))
                    .toList();
            assertThat(of).as(loop).isNotEmpty();
            certainties.addAll(of);
        }
        return certainties;
    }

    private static Instant endOfWait(Outcome outcome, String loop) {
        return outcome.blockingCalls().stream()
                .filter(call -> loop.equals(call.thread()))
                .map(BlockingCall::end)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
