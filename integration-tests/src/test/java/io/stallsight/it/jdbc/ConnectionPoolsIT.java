package io.stallsight.it.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.BlockingCall;
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

/** Pools of connections to a real PostgreSQL: what is reported of them, and who has the connections of a dry one. */
class ConnectionPoolsIT {

    @EachJdk
    void connectionPools_areMeasured_dryOnesAreReportedWithTheirHolders(Jdk jdk) throws Exception {
        try (Postgres postgres = Postgres.start()) {
            Outcome outcome = ForkedJvm.of(
                            jdk,
                            "app.pools.ConnectionPools",
                            postgres.jdbcUrl(),
                            "select pg_sleep(60)",
                            "select pg_sleep(0.002)")
                    .agent("interval=200ms", "threshold.pool=300ms")
                    .classPath(ClassPath.programs()
                            .with("postgresql-", "HikariCP", "slf4j-api", "commons-pool2", "mongodb-driver", "bson-"))
                    .options("-Dslf4j.internal.verbosity=ERROR")
                    .recording()
                    .run()
                    .healthy();
            assertThat(outcome.lines("MISSING")).as(outcome::describe).isEmpty();
            Path recording = Objects.requireNonNull(outcome.recording());
            List<RecordedEvent> samples = Recordings.events(recording, "stallsight.ThreadPool");
            List<RecordedEvent> exhaustions = Recordings.events(recording, "stallsight.PoolExhausted");

            busyPool_hasWaitsOfItsBorrowsAndTimesOfItsConnections(of(samples, "orders"));
            borrowsThatTimedOut_areCounted(of(samples, "impatient"));
            slowStatements_areNamedWithTheirLine(of(exhaustions, "reports").get(0));
            holdersThatWaitForAnotherConnection_areSelfStarvation(
                    of(exhaustions, "nested").get(0));
            forgottenConnections_areNamedByTheLineThatBorrowedThem(
                    of(exhaustions, "leaky").get(0));
            operationsOfMongoDb_areNamedWithTheirLine(
                    of(exhaustions, "documents").get(0));
            assertThat(of(exhaustions, "orders")).as(outcome::describe).isEmpty();
            permits(outcome, samples, exhaustions);
            waitsOnALoop_areBlockingCallsWithTheNameOfThePool(outcome.blockingCalls());
        }
    }

    private static void busyPool_hasWaitsOfItsBorrowsAndTimesOfItsConnections(List<RecordedEvent> samples) {
        RecordedEvent last = samples.get(samples.size() - 1);
        assertThat(last.getString("kind")).isEqualTo("CONNECTIONS");
        assertThat(last.getString("type")).isEqualTo("HikariCP");
        assertThat(last.getLong("size")).isEqualTo(3);
        assertThat(last.getLong("max")).isEqualTo(3);
        assertThat(last.getDuration("runP50")).isGreaterThan(Duration.ofMillis(1));
        assertThat(last.getDuration("queueWaitMax")).isGreaterThan(Duration.ofMillis(1));
        assertThat(last.getLong("completed")).isPositive();
        assertThat(last.getLong("rejected")).isZero();
    }

    private static void borrowsThatTimedOut_areCounted(List<RecordedEvent> samples) {
        assertThat(samples.stream()
                        .mapToLong(sample -> sample.getLong("rejected"))
                        .sum())
                .isEqualTo(2);
        assertThat(samples)
                .anySatisfy(sample -> assertThat(sample.getDuration("queueWaitMax"))
                        .isBetween(Duration.ofMillis(230), Duration.ofSeconds(5)));
    }

    private static void slowStatements_areNamedWithTheirLine(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("kind")).isEqualTo("CONNECTIONS");
        assertThat(exhaustion.getString("workers"))
                .startsWith("3 of 3 held by ConnectionPools.build:")
                .contains("socket read", "for ", "; waiting are 2 at ConnectionPools.read:");
        assertThat(exhaustion.getString("topSite")).startsWith("app.pools.ConnectionPools.build(ConnectionPools.java:");
        assertThat(exhaustion.getString("obstacle")).isEqualTo("WAITING");
        assertThat(exhaustion.getBoolean("selfStarvation")).isFalse();
        assertThat(exhaustion.getLong("queued")).isEqualTo(2);
        assertThat(exhaustion.getDuration("oldestTask")).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    private static void holdersThatWaitForAnotherConnection_areSelfStarvation(RecordedEvent exhaustion) {
        assertThat(exhaustion.getBoolean("selfStarvation")).isTrue();
        assertThat(exhaustion.getInt("waitingForOwnTasks")).isEqualTo(2);
        assertThat(exhaustion.getString("workers"))
                .contains("2 of 2 held by ConnectionPools.audit:", "waits for another connection of it");
    }

    /** The last holder waits for the same pool, in another task: that is no self-starvation. */
    private static void forgottenConnections_areNamedByTheLineThatBorrowedThem(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("obstacle")).isEqualTo("NOT_RETURNED");
        assertThat(exhaustion.getString("workers"))
                .contains(
                        "its thread has ended, for ",
                        "its thread waits for work, for ",
                        "its thread does other work, for ")
                .contains("waiting are 1 at ConnectionPools.read:");
        assertThat(exhaustion.getString("workers").split("1 of 3 held by ConnectionPools\\.forget:", -1))
                .hasSize(4);
        assertThat(exhaustion.getString("topSite")).startsWith("app.pools.ConnectionPools.forget(");
        assertThat(exhaustion.getInt("waitingForOwnTasks")).isZero();
    }

    private static void operationsOfMongoDb_areNamedWithTheirLine(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("type")).isEqualTo("MongoDB");
        assertThat(exhaustion.getLong("max")).isEqualTo(2);
        assertThat(exhaustion.getLong("queued")).isEqualTo(1);
        assertThat(exhaustion.getString("workers"))
                .startsWith("2 of 2 held by ConnectionPools.find:")
                .contains("socket read", "; waiting are 1 at ConnectionPools.read:");
        assertThat(exhaustion.getString("obstacle")).isEqualTo("WAITING");
    }

    private static void permits(Outcome outcome, List<RecordedEvent> samples, List<RecordedEvent> exhaustions) {
        String[] names = outcome.lines("LIMITS").get(0).split("/", -1);
        assertThat(names[1]).startsWith("semaphore Limits.java:");
        attemptsThatGotNoPermit_areCounted(of(samples, names[1]));
        assertThat(of(exhaustions, names[1])).isEmpty();
        holdersThatWaitForAnotherPermit_areSelfStarvation(
                of(exhaustions, names[2]).get(0));
        allPermitsOfOneThread_areItsOwn(of(exhaustions, names[3]).get(0));
        lostPermits_areNamedByTheLineThatAcquiredThem(of(exhaustions, names[4]).get(0));
    }

    private static void attemptsThatGotNoPermit_areCounted(List<RecordedEvent> samples) {
        RecordedEvent last = samples.get(samples.size() - 1);
        assertThat(last.getString("kind")).isEqualTo("PERMITS");
        assertThat(last.getString("type")).isEqualTo("Semaphore");
        assertThat(last.getLong("active")).isEqualTo(1);
        assertThat(last.getLong("max")).isEqualTo(1);
        assertThat(samples.stream()
                        .mapToLong(sample -> sample.getLong("rejected"))
                        .sum())
                .isEqualTo(3);
        assertThat(samples)
                .anySatisfy(sample -> assertThat(sample.getDuration("queueWaitMax"))
                        .isBetween(Duration.ofMillis(230), Duration.ofSeconds(5)));
    }

    private static void holdersThatWaitForAnotherPermit_areSelfStarvation(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("kind")).isEqualTo("PERMITS");
        assertThat(exhaustion.getBoolean("selfStarvation")).isTrue();
        assertThat(exhaustion.getInt("waitingForOwnTasks")).isEqualTo(2);
        assertThat(exhaustion.getString("workers"))
                .contains("2 of 2 held by Limits.inner:", "waits for another permit of it");
    }

    private static void allPermitsOfOneThread_areItsOwn(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("workers"))
                .startsWith("5 of 5 held by Limits.compact:")
                .contains("CountDownLatch.await, for ", "; waiting are 1 at ");
        assertThat(exhaustion.getString("obstacle")).isEqualTo("WAITING");
    }

    private static void lostPermits_areNamedByTheLineThatAcquiredThem(RecordedEvent exhaustion) {
        assertThat(exhaustion.getString("obstacle")).isEqualTo("NOT_RETURNED");
        assertThat(exhaustion.getString("workers"))
                .contains("its thread has ended, for ", "its thread waits for work, for ")
                .contains("waiting are 1 at Limits.wait:");
        assertThat(exhaustion.getString("workers").split("1 of 2 held by Limits\\.forget:", -1))
                .hasSize(3);
    }

    /** The second has no API above it that the catalog names. */
    private static void waitsOnALoop_areBlockingCallsWithTheNameOfThePool(List<BlockingCall> calls) {
        assertThat(calls)
                .extracting(call -> call.api() + ": " + call.detail())
                .startsWith("DataSource.getConnection: wait for a connection of dry (1 of 1 in use)")
                .hasSize(3);
        assertThat(calls.get(2).api() + ": " + calls.get(2).detail())
                .isEqualTo("Semaphore.tryAcquire: wait for a permit of semaphore ConnectionPools.GATE (1 of 1 in use)");
        assertThat(calls.get(1).detail()).isEqualTo("wait for a connection of objects (1 of 1 in use)");
        assertThat(calls.subList(0, 2))
                .allSatisfy(call -> assertThat(call.site()).startsWith("app.pools.ConnectionPools.giveUp("));
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String pool) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> event.getString("name").equals(pool))
                .toList();
        return found;
    }
}
