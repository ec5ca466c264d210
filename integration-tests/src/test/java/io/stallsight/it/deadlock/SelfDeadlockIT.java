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

    private static Instant endOfWait(Outcome outcome, String loop) {
        return outcome.blockingCalls().stream()
                .filter(call -> loop.equals(call.thread()))
                .map(BlockingCall::end)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
