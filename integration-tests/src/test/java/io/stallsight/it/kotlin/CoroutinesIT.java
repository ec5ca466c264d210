package io.stallsight.it.kotlin;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Announced;
import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import java.util.Objects;

/** A coroutine worker must not block while it runs a task of the default dispatcher, and may for the IO dispatcher. */
class CoroutinesIT {

    @EachJdk
    void defaultDispatcher_blockingTask_isFlaggedAndIoDispatcherIsNot(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.kotlin.CoroutineDispatchers")
                .agent()
                .quietFramework()
                .classPath(ClassPath.programs().with("kotlinx-coroutines", "kotlin-stdlib"))
                .recording()
                .run()
                .healthy();
        Announced.exactly(outcome);
    }

    /** Its threads are those of the default dispatcher, and tasks that wait for a lock there may block. */
    @EachJdk
    void ioDispatcher_isAPool_thatCanBeExhausted_andMayWaitForMonitors(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.kotlin.SwampedDispatcher")
                .agent("threshold.pool=200ms", "interval=100ms", "threshold.blocking=0")
                .quietFramework()
                .classPath(ClassPath.programs().with("kotlinx-coroutines", "kotlin-stdlib"))
                .recording()
                .run()
                .healthy();
        Path recording = Objects.requireNonNull(outcome.recording());

        assertThat(Recordings.events(recording, "stallsight.PoolExhausted"))
                .as(outcome::describe)
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.getString("name")).isEqualTo("Dispatchers.IO");
                    assertThat(event.getLong("active")).isEqualTo(event.getLong("max"));
                    assertThat(event.getLong("queued")).isPositive();
                });
        assertThat(Recordings.events(recording, "stallsight.ThreadPool"))
                .extracting(event -> event.getString("name"))
                .contains("Dispatchers.Default", "Dispatchers.IO");
        assertThat(Recordings.events(recording, "stallsight.BlockingCall"))
                .as(outcome::describe)
                .isEmpty();
    }
}
