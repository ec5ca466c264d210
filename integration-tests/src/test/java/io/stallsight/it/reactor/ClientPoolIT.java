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

/** The pool of connections of a client of Reactor Netty, in which no thread waits. */
class ClientPoolIT {

    @EachJdk
    void pool_isMeasured_withTheWaitsOfItsBorrowers(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.reactor.ClientPool")
                .agent("interval=200ms")
                .quietFramework()
                // the native library is older than the classes, which a connect with it notices
                .options("-Dreactor.netty.native=false")
                .classPath(ClassPath.programs().with("netty-", "reactor-", "reactive-streams"))
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
        assertThat(Recordings.events(recording, "stallsight.PoolExhausted"))
                .as(outcome::describe)
                .isEmpty();
    }
}
