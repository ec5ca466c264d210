package io.stallsight.it.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/** The pools of connections of clients of HTTP in which no thread waits, and a bulkhead. */
class ClientPoolIT {

    @EachJdk
    void pools_areMeasured_thatOfReactorWithTheWaitsOfItsBorrowers(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.reactor.ClientPool")
                .agent("interval=200ms", "threshold.pool=20s")
                .quietFramework()
                // the native library is older than the classes, which a connect with it notices
                .options("-Dreactor.netty.native=false")
                .classPath(ClassPath.programs()
                        .with(
                                "netty-",
                                "reactor-",
                                "reactive-streams",
                                "vertx-core",
                                "jackson-core",
                                "okhttp",
                                "okio",
                                "kotlin-stdlib",
                                "resilience4j-",
                                "slf4j-api"))
                .recording()
                .run()
                .healthy();

        Path recording = Objects.requireNonNull(outcome.recording());
        List<RecordedEvent> samples = Recordings.events(recording, "stallsight.ThreadPool").stream()
                .filter(event -> event.getString("name").equals("Reactor Netty"))
                .toList();
        assertThat(samples).as(outcome::describe).anySatisfy(sample -> {
            assertThat(sample.getString("kind")).isEqualTo("CONNECTIONS");
            assertThat(sample.getLong("active")).isEqualTo(2);
            assertThat(sample.getLong("size")).isEqualTo(2);
            assertThat(sample.getLong("max")).isEqualTo(2);
            assertThat(sample.getLong("queued")).isBetween(3L, 4L);
            assertThat(sample.getDuration("queueWaitMax")).isGreaterThan(Duration.ofMillis(100));
        });
        numbers(recording, "Vert.x connections", "CONNECTIONS", 8);
        numbers(recording, "OkHttp", "CONNECTIONS", 8);
        numbers(recording, "vendor", "PERMITS", 1);
        assertThat(Recordings.events(recording, "stallsight.PoolExhausted"))
                .as(outcome::describe)
                .isEmpty();
    }

    /** Two are in use, and so many wait at first. */
    private static void numbers(Path recording, String name, String kind, long waiting) {
        assertThat(Recordings.events(recording, "stallsight.ThreadPool"))
                .filteredOn(event -> event.getString("name").equals(name))
                .anySatisfy(sample -> {
                    assertThat(sample.getString("kind")).isEqualTo(kind);
                    assertThat(sample.getLong("active")).isPositive();
                    assertThat(sample.getLong("queued")).isGreaterThanOrEqualTo(waiting);
                });
    }
}
