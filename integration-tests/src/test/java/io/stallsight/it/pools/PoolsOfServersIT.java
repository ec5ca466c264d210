package io.stallsight.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import jdk.jfr.consumer.RecordedEvent;

/** The pools of real servers, full with three requests waiting behind. */
class PoolsOfServersIT {

    private static final Duration THRESHOLD = Duration.ofMillis(300);

    /** Buckets of a histogram are 6 % wide. */
    private static final double EXACT = 0.9;

    @EachJdk
    void vertx_workerPool(Jdk jdk) {
        PoolEvents events = fill(jdk, "vertx", ClassPath.programs().with("netty-", "vertx-", "jackson-core"));

        events.isFull("vert.x-worker-thread-#", "ThreadPoolExecutor", 4);
        events.hasWaits();
    }

    @EachJdk
    void tomcat_connectorPool(Jdk jdk) {
        PoolEvents events = fill(jdk, "tomcat", ClassPath.programs().with("tomcat-"));

        events.isFull("http-nio-127.0.0.1-auto-1-exec-#", "Tomcat", 4);
        events.hasWaits();
    }

    @EachJdk
    void jetty_queuedThreadPool(Jdk jdk) {
        PoolEvents events = fill(jdk, "jetty", ClassPath.programs().with("jetty-", "slf4j-api"));

        events.isFull(events.pool, "Jetty", 6);
        assertThat(events.pool).isEqualTo("qtp#-#");
        events.hasWaits();
    }

    @EachJdk
    void undertow_workerPool(Jdk jdk) {
        PoolEvents events = fill(
                jdk, "undertow", ClassPath.programs().with("undertow-", "xnio-", "jboss-", "wildfly-", "smallrye-"));

        events.isFull("XNIO-1 task-#", "JBoss Threads", 4);
        events.hasWaits();
    }

    private static PoolEvents fill(Jdk jdk, String server, ClassPath classPath) {
        Outcome outcome = ForkedJvm.of(jdk, "app.pools.BusyServer", server)
                .agent("interval=200ms", "threshold.pool=" + THRESHOLD.toMillis() + "ms")
                .quietFramework()
                .classPath(classPath)
                .recording()
                .run()
                .healthy();
        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        return new PoolEvents(outcome);
    }

    /** The events of the pool, and the times of the program's steps. */
    private static final class PoolEvents {
        final String pool;
        private final Instant sent;
        private final Instant opened;
        private final Instant answered;
        private final List<RecordedEvent> samples;
        private final List<RecordedEvent> exhaustions;

        PoolEvents(Outcome outcome) {
            pool = outcome.lines("POOL ").get(0);
            sent = Instant.parse(outcome.lines("SENT ").get(0));
            opened = Instant.parse(outcome.lines("OPENED ").get(0));
            answered = Instant.parse(outcome.lines("ANSWERED ").get(0));
            samples = of(outcome, "stallsight.ThreadPool");
            exhaustions = of(outcome, "stallsight.PoolExhausted");
        }

        private List<RecordedEvent> of(Outcome outcome, String type) {
            return Recordings.events(Objects.requireNonNull(outcome.recording()), type).stream()
                    .filter(event -> pool.equals(event.getString("name")))
                    .toList();
        }

        /** The time at which all requests had reached their place before the gate. */
        private Instant full() {
            return exhaustions.get(0).getEndTime();
        }

        void isFull(String name, String type, int threads) {
            assertThat(pool).isEqualTo(name);
            assertThat(exhaustions).isNotEmpty().allSatisfy(exhaustion -> {
                assertThat(exhaustion.getString("type")).isEqualTo(type);
                assertThat(exhaustion.getLong("active")).isEqualTo(threads);
                assertThat(exhaustion.getLong("max")).isEqualTo(threads);
                assertThat(exhaustion.getLong("queued")).isEqualTo(3);
                assertThat(exhaustion.getString("workers")).startsWith("4 of " + threads + " in Gate.hold <- ");
                assertThat(exhaustion.getString("topSite")).startsWith("app.pools.Gate.hold(Gate.java:");
                assertThat(exhaustion.getDuration("oldestTask")).isGreaterThanOrEqualTo(THRESHOLD);
                assertThat(exhaustion.getBoolean("selfStarvation")).isFalse();
            });
            List<RecordedEvent> whileFull = samples.stream()
                    .filter(sample -> sample.getStartTime().isAfter(full())
                            && sample.getStartTime().isBefore(opened))
                    .toList();
            assertThat(whileFull).hasSizeGreaterThan(1).allSatisfy(sample -> {
                assertThat(sample.getString("type")).isEqualTo(type);
                assertThat(sample.getInt("executors")).isEqualTo(1);
                assertThat(sample.getLong("active")).isEqualTo(threads);
                assertThat(sample.getLong("size")).isEqualTo(threads);
                assertThat(sample.getLong("max")).isEqualTo(threads);
                assertThat(sample.getLong("queued")).isEqualTo(3);
                assertThat(sample.getLong("rejected")).isZero();
                assertThat(sample.getDouble("saturation")).isEqualTo(1);
                assertThat(sample.getDuration("oldestTask"))
                        .isBetween(Duration.between(full(), sample.getStartTime()), Duration.between(sent, opened));
            });
        }

        /**
         * The queued requests waited at least as long as the pool was known to be full, and at most as long as their
         * answers took.
         */
        void hasWaits() {
            Duration min = scaled(Duration.between(full(), opened), EXACT);
            Duration max = scaled(Duration.between(sent, answered), 1 / EXACT);
            List<RecordedEvent> afterwards = samples.stream()
                    .filter(sample -> sample.getStartTime().isAfter(opened))
                    .toList();
            assertThat(afterwards).anySatisfy(sample -> {
                assertThat(sample.getDuration("queueWaitP99")).isBetween(min, max);
                assertThat(sample.getDuration("queueWaitMax")).isBetween(min, max);
                assertThat(sample.getLong("completed")).isPositive();
            });
            assertThat(afterwards).anySatisfy(sample -> {
                assertThat(sample.getLong("queued")).isZero();
                assertThat(sample.getDuration("oldestTask")).isZero();
                assertThat(sample.getDuration("queueWaitMax")).isZero();
            });
        }

        private static Duration scaled(Duration duration, double by) {
            return Duration.ofNanos((long) (duration.toNanos() * by));
        }
    }
}
