package io.stallsight.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.harness.RunningJvm;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/** Pools whose workers were all busy before the agent started, and that never pass a hook. */
class PoolsBornBeforeIT {

    @EachJdk
    void pools_bornBeforeALateAttach_areFoundByTheirThreads(Jdk jdk) {
        ForkedJvm program = ForkedJvm.of(jdk, "app.pools.BornBefore")
                .options("-XX:+EnableDynamicAgentLoading")
                .quietFramework()
                .classPath(ClassPath.programs().with("netty-", "vertx-", "jackson-core", "tomcat-"))
                .recording();
        try (RunningJvm target = program.start()) {
            target.awaitLine("READY");
            ForkedJvm.commandLine(jdk, "attach", Long.toString(target.pid()), "interval=200ms,threshold.pool=300ms")
                    .run()
                    .healthy();
            target.sendLine("attached");
            Outcome outcome = target.awaitExit().healthy();

            assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
            Path recording = Objects.requireNonNull(outcome.recording());
            isFull(recording, "orders-#", "ThreadPoolExecutor", 3);
            isFull(recording, "ForkJoinPool-1-worker-#", "ForkJoinPool", 3);
            isFull(recording, "vert.x-worker-thread-#", "ThreadPoolExecutor", 3);
            isFull(recording, "http-nio-127.0.0.1-auto-1-exec-#", "Tomcat", 4);
            isNoPool(recording, "edge-#"); // event loops, one of which is stuck with tasks behind
        }
    }

    private static void isNoPool(Path recording, String name) {
        assertThat(Recordings.events(recording, "stallsight.ThreadPool"))
                .extracting(event -> event.getString("name"))
                .doesNotContain(name);
        assertThat(Recordings.events(recording, "stallsight.PoolExhausted"))
                .extracting(event -> event.getString("name"))
                .doesNotContain(name);
    }

    private static void isFull(Path recording, String name, String type, int threads) {
        List<RecordedEvent> samples = Recordings.events(recording, "stallsight.ThreadPool").stream()
                .filter(event -> name.equals(event.getString("name")))
                .toList();
        assertThat(samples).as(name).isNotEmpty();
        assertThat(samples.get(0).getString("type")).isEqualTo(type);
        assertThat(samples.get(0).getLong("active")).isEqualTo(threads);
        assertThat(samples.get(0).getLong("size")).isEqualTo(threads);
        assertThat(samples.get(0).getLong("max")).isEqualTo(threads);
        assertThat(samples.get(0).getLong("queued")).isEqualTo(2);
        assertThat(Recordings.events(recording, "stallsight.PoolExhausted"))
                .filteredOn(event -> name.equals(event.getString("name")))
                .isNotEmpty()
                .allSatisfy(exhaustion -> {
                    assertThat(exhaustion.getString("workers"))
                            .startsWith(threads + " of " + threads + " in Gate.hold <- ");
                    assertThat(exhaustion.getLong("queued")).isEqualTo(2);
                });
    }
}
