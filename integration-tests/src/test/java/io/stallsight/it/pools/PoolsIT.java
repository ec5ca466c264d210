package io.stallsight.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.ClassPath;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.Recordings;
import io.stallsight.it.harness.RunningJvm;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;

/** Reports of pools, in a JVM that has one of every kind. */
class PoolsIT {

    private static final Duration THRESHOLD = Duration.ofMillis(300);

    @EachJdk
    void pools_areFoundNamedAndMeasured_exhaustedOnesAreReported(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.pools.ManyPools")
                .agent("interval=200ms", "threshold.pool=" + THRESHOLD.toMillis() + "ms")
                .quietFramework()
                .classPath(ClassPath.programs().with("reactor-core", "reactive-streams", "jspecify"))
                .recording()
                .run()
                .healthy();
        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        Path recording = Objects.requireNonNull(outcome.recording());
        List<RecordedEvent> samples = Recordings.events(recording, "stallsight.ThreadPool");
        List<RecordedEvent> exhaustions = Recordings.events(recording, "stallsight.PoolExhausted");

        stuckPool_hasTheNumbersOfItsExecutor(last(samples, "legacy-#"));
        stuckPool_isReportedWithTheWorkOfItsWorkers(last(exhaustions, "legacy-#"));
        starvingPool_isReportedAsSelfStarvation(last(exhaustions, "starving-#"));
        starvingPool_isReportedAsSelfStarvation(last(exhaustions, "composing-#"));
        healthyPools_areNeverReported(exhaustions);
        slowPool_hasQueueWaitsAndRunTimes(of(samples, "slow-#"));
        refusedTasks_areCounted(of(samples, "small-#"));
        scheduledTask_doesNotWaitBeforeItIsDue(last(samples, "timer-#"));
        boundedElastic_isOnePoolWithItsBound(last(samples, "boundedElastic-#"));
        forkJoinPool_isFound(last(samples, "ForkJoinPool.commonPool-worker-#"));
        if (jdk.feature() >= 21) {
            forkJoinPool_isFound(last(samples, "virtual threads"));
        }
        assertThat(sum(of(samples, "healthy-#"), "completed")).isPositive();
        assertThat(sum(of(samples, "healthy-#"), "rejected")).isZero();
        assertThat(outcome.errors())
                .contains("POOL EXHAUSTED: legacy-# (ThreadPoolExecutor): 4 of 4 threads busy", "3 tasks wait")
                .contains("POOL STARVED BY ITSELF: starving-#");
    }

    @EachJdk
    void tasks_thatJettyOrBoundedElasticRefuse_areCounted(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.pools.Refusing")
                .agent("interval=200ms")
                .quietFramework()
                .classPath(ClassPath.programs()
                        .with("reactor-core", "reactive-streams", "jspecify", "jetty-util", "slf4j-api"))
                .recording()
                .run()
                .healthy();
        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        List<RecordedEvent> samples =
                Recordings.events(Objects.requireNonNull(outcome.recording()), "stallsight.ThreadPool");

        assertThat(sum(of(samples, "jobs-#"), "rejected")).isEqualTo(3);
        assertThat(sum(of(samples, "capped-#"), "rejected")).isEqualTo(2);
        assertThat(last(samples, "capped-#").getLong("queued")).isEqualTo(1);
    }

    /** Tasks wait there for 1.2 s, in one exhaustion of more than three seconds. */
    @EachJdk
    void poolThatNeverCatchesUp_isExhaustedOnce_whateverItsTasksAre(Jdk jdk) {
        Outcome outcome = ForkedJvm.of(jdk, "app.pools.Swamped")
                .agent("interval=200ms", "threshold.pool=" + THRESHOLD.toMillis() + "ms")
                .quietFramework()
                .classPath(ClassPath.programs())
                .recording()
                .run()
                .healthy();
        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        Path recording = Objects.requireNonNull(outcome.recording());
        List<RecordedEvent> samples = Recordings.events(recording, "stallsight.ThreadPool");
        List<RecordedEvent> exhaustions = Recordings.events(recording, "stallsight.PoolExhausted");

        for (String pool : List.of("swamped-#", "mailbox-#", "actors-#", "priority-#")) {
            List<RecordedEvent> reports = of(exhaustions, pool);
            assertThat(reports)
                    .as(pool)
                    .hasSize(2)
                    .extracting(event -> event.getBoolean("ongoing"))
                    .containsExactly(true, false);
            assertThat(reports.get(0).getLong("exhaustionId"))
                    .isEqualTo(reports.get(1).getLong("exhaustionId"));
            assertThat(reports.get(1).getDuration()).isGreaterThan(Duration.ofSeconds(3));
        }
        for (String pool : List.of("swamped-#", "mailbox-#", "actors-#")) {
            assertThat(of(samples, pool))
                    .as(pool)
                    .anySatisfy(sample ->
                            assertThat(sample.getDuration("queueWaitMax")).isGreaterThan(Duration.ofMillis(900)))
                    .anySatisfy(sample ->
                            assertThat(sample.getDuration("oldestTask")).isGreaterThan(Duration.ofMillis(900)));
        }
        assertThat(exhaustions)
                .extracting(event -> event.getString("name"))
                .containsOnly("swamped-#", "mailbox-#", "actors-#", "priority-#");
    }

    @EachJdk
    void queueThatDoesNotReturn_hidesItsOwnPoolOnly_andDetachEndsTheCall(Jdk jdk)
            throws IOException, InterruptedException {
        Outcome outcome;
        try (RunningJvm jvm = ForkedJvm.of(jdk, "app.pools.Hanging")
                .options("-XX:+EnableDynamicAgentLoading")
                .deadline(Duration.ofSeconds(60))
                .agent("interval=200ms", "http=0")
                .quietFramework()
                .classPath(ClassPath.programs())
                .recording()
                .start()) {
            String page = jvm.awaitError("dashboard: ").replaceFirst(".*dashboard: ", "");
            jvm.awaitLine("SAMPLED");
            jvm.awaitError("a method of the application did not return to the agent and is not called again:"
                    + " app.pools.Hanging$RemoteQueue.size");
            String picture = read(page + "api/picture?range=60");
            for (int i = 0; i < 50 && !picture.contains("did not return"); i++) {
                TimeUnit.MILLISECONDS.sleep(100); // it comes with the next sample
                picture = read(page + "api/picture?range=60");
            }
            assertThat(picture).as("what is not seen").contains("app.pools.Hanging$RemoteQueue.size", "did not return");
            assertThat(jvm.threadDump()).contains("\"stallsight-sample\"", "Hanging$RemoteQueue.size");
            ForkedJvm.commandLine(jdk, "detach", "" + jvm.pid()).run().exited(0);
            assertThat(jvm.threadDump()).doesNotContain("stallsight-");
            jvm.end();
            outcome = jvm.awaitExit().healthy();
        }

        assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
        assertThat(outcome.stderr())
                .filteredOn(line -> line.contains("did not return"))
                .as("said once")
                .hasSize(1);
    }

    private static String read(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void stuckPool_hasTheNumbersOfItsExecutor(RecordedEvent sample) {
        assertThat(sample.getString("type")).isEqualTo("ThreadPoolExecutor");
        assertThat(sample.getLong("active")).isEqualTo(4);
        assertThat(sample.getLong("size")).isEqualTo(4);
        assertThat(sample.getLong("max")).isEqualTo(4);
        assertThat(sample.getLong("queued")).isEqualTo(3);
        assertThat(sample.getLong("capacity")).isEqualTo(-1);
        assertThat(sample.getDouble("saturation")).isEqualTo(1);
        assertThat(sample.getDuration("oldestTask")).isGreaterThanOrEqualTo(THRESHOLD);
    }

    private static void stuckPool_isReportedWithTheWorkOfItsWorkers(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("workers")).isEqualTo("4 of 4 in LegacyClient.fetch <- socket read");
        assertThat(exhaustion.getString("topSite")).startsWith("app.pools.LegacyClient.fetch(LegacyClient.java:");
        assertThat(exhaustion.getString("stack")).contains("app.pools.LegacyClient.fetch(LegacyClient.java:");
        assertThat(exhaustion.getLong("queued")).isEqualTo(3);
        assertThat(exhaustion.getDuration("oldestTask")).isGreaterThanOrEqualTo(THRESHOLD);
        assertThat(exhaustion.getDuration()).isGreaterThanOrEqualTo(THRESHOLD.minusMillis(1)); // JFR uses another clock
        assertThat(exhaustion.getBoolean("selfStarvation")).isFalse();
        assertThat(exhaustion.getString("advice")).contains("timeout");
    }

    private static void starvingPool_isReportedAsSelfStarvation(RecordedEvent exhaustion) {
        assertThat(exhaustion.getBoolean("selfStarvation")).isTrue();
        assertThat(exhaustion.getInt("waitingForOwnTasks")).isEqualTo(2);
        assertThat(exhaustion.getString("topSite")).startsWith("app.pools.ManyPools.");
    }

    private static void healthyPools_areNeverReported(List<RecordedEvent> exhaustions) {
        assertThat(exhaustions)
                .extracting(event -> event.getString("name"))
                .doesNotContain("healthy-#", "timer-#", "boundedElastic-#");
    }

    /** Six tasks of 20 ms take turns on one thread, so each waits for five others. */
    private static void slowPool_hasQueueWaitsAndRunTimes(List<RecordedEvent> samples) {
        assertThat(samples).anySatisfy(sample -> {
            assertThat(sample.getDuration("queueWaitMax")).isGreaterThan(Duration.ofMillis(40));
            assertThat(sample.getDuration("queueWaitP50")).isPositive();
            assertThat(sample.getDuration("runMax")).isGreaterThan(Duration.ofMillis(18));
        });
    }

    private static void refusedTasks_areCounted(List<RecordedEvent> samples) {
        assertThat(samples)
                .allSatisfy(sample -> assertThat(sample.getLong("capacity")).isEqualTo(1));
        assertThat(sum(samples, "rejected")).isEqualTo(3);
    }

    private static void scheduledTask_doesNotWaitBeforeItIsDue(RecordedEvent sample) {
        assertThat(sample.getString("type")).isEqualTo("ScheduledThreadPoolExecutor");
        assertThat(sample.getLong("queued")).isZero();
    }

    private static void boundedElastic_isOnePoolWithItsBound(RecordedEvent sample) {
        assertThat(sample.getString("type")).isEqualTo("Reactor boundedElastic");
        assertThat(sample.getLong("max")).isEqualTo(10L * Runtime.getRuntime().availableProcessors());
        assertThat((long) sample.getInt("executors")).isBetween(1L, sample.getLong("max"));
    }

    private static void forkJoinPool_isFound(RecordedEvent sample) {
        assertThat(sample.getString("type")).isEqualTo("ForkJoinPool");
        assertThat(sample.getLong("max")).isPositive();
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String pool) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> pool.equals(event.getString("name")))
                .toList();
        assertThat(found).as("events of " + pool).isNotEmpty();
        return found;
    }

    private static RecordedEvent last(List<RecordedEvent> events, String pool) {
        List<RecordedEvent> found = of(events, pool);
        return found.get(found.size() - 1);
    }

    private static long sum(List<RecordedEvent> events, String field) {
        return events.stream().mapToLong(event -> event.getLong(field)).sum();
    }
}
