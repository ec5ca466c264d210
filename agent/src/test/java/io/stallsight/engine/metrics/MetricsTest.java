package io.stallsight.engine.metrics;

import static io.stallsight.engine.metrics.MetricsFixture.loop;
import static io.stallsight.engine.metrics.MetricsFixture.pool;
import static io.stallsight.engine.metrics.MetricsFixture.stall;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.InFlight;
import io.stallsight.engine.fact.Victim;
import io.stallsight.engine.fact.Victims;
import io.stallsight.engine.finding.Finding;
import io.stallsight.testing.Calls;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final String OTHERS = "others";

    private final MetricsFixture fixture = new MetricsFixture("");
    private final Metrics metrics = fixture.metrics;

    @Test
    void blockingCalls_areCountedByFinding_withoutLineNumbers() {
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.lambda$find$0(Orders.java:57)", 2_000_000_000));
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.find(Orders.java:60)", 1_000_000_000));

        String fingerprint = fixture.findings.all().get(0).fingerprint();
        String[] labels = {"SLEEP", "Thread.sleep", "com.acme.Orders.find", fingerprint, "reactor-http-epoll-#"};
        assertThat(fixture.value(Metric.BLOCKING_CALLS, labels)).isEqualTo(2);
        assertThat(fixture.value(Metric.BLOCKING_TIME, labels)).isEqualTo(3);
    }

    @Test
    void sitesBeyondLimit_shareOneSeries_andTotalsStayCorrect() {
        for (int i = 0; i < Limits.MAX_SITES + 50; i++) {
            Calls.report(fixture.findings, Calls.sleep("com.acme.Site" + i + ".call", 1_000_000_000L + i));
        }

        assertThat(fixture.series(Metric.BLOCKING_CALLS)).isEqualTo(Limits.MAX_SITES + 1);
        assertThat(fixture.sum(Metric.BLOCKING_CALLS)).isEqualTo(Limits.MAX_SITES + 50);
        assertThat(fixture.value(Metric.BLOCKING_CALLS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS))
                .isEqualTo(50);
        // the worst findings have a series of their own
        Finding worst = fixture.findings.all().stream()
                .max(java.util.Comparator.comparingLong(Finding::totalNanos))
                .orElseThrow();
        assertThat(metrics.samples()).anyMatch(sample -> sample.labels().contains(worst.fingerprint()));
    }

    @Test
    void forgottenSites_stayAmongTheOthers() {
        double before = 0;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 6_000; i++) {
                Calls.report(fixture.findings, Calls.sleep("com.acme.R" + round + "Site" + i + ".call", 1_000_000));
            }
            double now = fixture.value(Metric.BLOCKING_CALLS, OTHERS, OTHERS, OTHERS, OTHERS, OTHERS);
            assertThat(now).isGreaterThan(before);
            before = now;
        }
        assertThat(fixture.findings.forgotten().findings()).isEqualTo(8_000);
        // what was exported in a series of its own is not exported again among the others
        assertThat(before).isBetween(18_000.0 - 3 * Limits.MAX_SITES, 18_000.0 - Limits.MAX_SITES);
    }

    @Test
    void site_keepsItsSeries_whenOthersBecomeWorse() {
        for (int i = 0; i < Limits.MAX_SITES; i++) {
            Calls.report(fixture.findings, Calls.sleep("com.acme.Site" + i + ".call", 1));
        }
        List<List<String>> before = seriesOfCalls();
        Calls.report(fixture.findings, Calls.sleep("com.acme.Worst.call", 1_000_000_000));

        assertThat(seriesOfCalls()).containsAll(before).hasSize(before.size() + 1);
    }

    private List<List<String>> seriesOfCalls() {
        return metrics.samples().stream()
                .filter(sample -> sample.metric() == Metric.BLOCKING_CALLS)
                .map(Sample::labels)
                .toList();
    }

    @Test
    void ongoingStall_countsOnce_andItsTimeAccumulates() {
        metrics.observed(stall(1, "com.acme.Orders.find", 1_000, 2, true));
        assertThat(fixture.sum(Metric.STALLS)).isEqualTo(1);
        assertThat(fixture.sum(Metric.STALL_TIME)).isEqualTo(1);

        metrics.observed(stall(1, "com.acme.Orders.find", 2_500, 4, false));
        metrics.observed(stall(2, "com.acme.Orders.find", 500, 0, false));

        assertThat(fixture.sum(Metric.STALLS)).isEqualTo(2);
        assertThat(fixture.sum(Metric.STALL_TIME)).isCloseTo(3, within(1e-9));
        assertThat(fixture.sum(Metric.STALL_HARM)).isCloseTo(2.5 * 4, within(1e-9));
    }

    @Test
    void durationsOfStalls_countAtTheirEnd() {
        metrics.observed(stall(1, "com.acme.Orders.find", 1_000, 2, true));
        assertThat(fixture.series(Metric.STALL_DURATION)).isZero();

        metrics.observed(stall(1, "com.acme.Orders.find", 2_500, 4, false));
        metrics.observed(stall(2, "com.acme.Orders.save", 500, 0, false));

        Buckets stalls = fixture.buckets(Metric.STALL_DURATION, "BLOCKING_CALL", "loop-#");
        assertThat(stalls.counts().get(Histogram.bucketOf(2_500_000_000L))).isEqualTo(1);
        assertThat(stalls.counts().get(Histogram.bucketOf(500_000_000L))).isEqualTo(1);
        assertThat(stalls.count()).isEqualTo(2);
        assertThat(stalls.sum()).isCloseTo(3, within(1e-9));
    }

    @Test
    void lostTimes_countOneByOne_andAreTheHarm() {
        Histogram lost =
                new Histogram.Builder().add(300_000_000, 2).add(100_000_000, 1).build();
        Victims victims = new Victims(List.of(new Victim("GET /hello", 3, 3, 700_000_000)), lost);
        metrics.observed(stall(1, "com.acme.Orders.find", 400, 5, false).with(victims, 0));

        Buckets series = fixture.buckets(Metric.REQUEST_LOST, "BLOCKING_CALL", "loop-#");
        assertThat(series.counts().get(Histogram.bucketOf(300_000_000))).isEqualTo(2);
        assertThat(series.counts().get(Histogram.bucketOf(100_000_000))).isEqualTo(1);
        assertThat(series.sum()).isCloseTo(0.7, within(1e-9));
        assertThat(fixture.sum(Metric.STALL_HARM)).isCloseTo(0.7, within(1e-9));
    }

    @Test
    void lostTimes_thatAreNotKnown_areNotCounted() {
        Victims victims = new Victims(List.of(new Victim("GET /hello", 3, 0, 0)), Histogram.EMPTY);
        metrics.observed(stall(1, "com.acme.Orders.find", 400, 5, false).with(victims, 0));

        assertThat(fixture.series(Metric.REQUEST_LOST)).isZero();
        assertThat(fixture.sum(Metric.STALL_HARM)).isCloseTo(0.4 * 5, within(1e-9));
    }

    @Test
    void durationsOfBlockingCalls_areCountedByKindAndLoopGroup() {
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.find", 2_000_000));
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.save", 2_000_000));
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.save", 700_000_000));
        fixture.findings.clear(); // an operator forgets the findings; a count never goes back

        Buckets calls = fixture.buckets(Metric.BLOCKING_DURATION, "SLEEP", "reactor-http-epoll-#");
        assertThat(calls.counts().get(Histogram.bucketOf(2_000_000))).isEqualTo(2);
        assertThat(calls.counts().get(Histogram.bucketOf(700_000_000))).isEqualTo(1);
        assertThat(calls.sum()).isCloseTo(0.704, within(1e-9));
    }

    @Test
    void durationsBeyondLimit_shareOneSeries() {
        for (int i = 0; i < Limits.MAX_KINDS + 10; i++) {
            String thread = "loop" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
            Calls.report(
                    fixture.findings,
                    Calls.call(
                            io.stallsight.api.Kind.SLEEP, "Thread.sleep", "", "com.acme.Orders.find", thread, 1_000));
        }

        assertThat(fixture.series(Metric.BLOCKING_DURATION)).isEqualTo(Limits.MAX_KINDS + 1);
        assertThat(fixture.buckets(Metric.BLOCKING_DURATION, OTHERS, OTHERS).count())
                .isEqualTo(10);
    }

    @Test
    void stall_hasTheFingerprintOfItsBlockingCall() {
        Calls.report(
                fixture.findings,
                Calls.call(io.stallsight.api.Kind.SLEEP, "Thread.sleep", "", "com.acme.Orders.find", "loop-1", 1_000));
        metrics.observed(stall(1, "com.acme.Orders.find", 200, 0, false));

        String fingerprint = fixture.findings.all().get(0).fingerprint();
        assertThat(fixture.value(
                        Metric.STALLS, "BLOCKING_CALL", "Thread.sleep", "com.acme.Orders.find", fingerprint, "loop-#"))
                .isEqualTo(1);
    }

    @Test
    void stallSitesBeyondLimit_shareOneSeriesForEachCause() {
        for (int i = 0; i < Limits.MAX_SITES + 10; i++) {
            metrics.observed(stall(i, "com.acme.Site" + i + ".call", 100, 0, false));
        }

        assertThat(fixture.series(Metric.STALLS)).isEqualTo(Limits.MAX_SITES + 1);
        assertThat(fixture.value(Metric.STALLS, "BLOCKING_CALL", OTHERS, OTHERS, OTHERS, OTHERS))
                .isEqualTo(10);
    }

    @Test
    void loopWithUnknownPendingTasks_hasNoSeriesForThem() {
        metrics.observed(loop("epoll-1", 20, 7));
        metrics.observed(loop("epoll-2", 30, -1));

        assertThat(fixture.value(Metric.LOOP_LAG_MAX, "epoll-1", "epoll-#")).isEqualTo(0.020);
        assertThat(fixture.value(Metric.LOOP_UTILIZATION, "epoll-1", "epoll-#")).isEqualTo(0.5);
        assertThat(fixture.value(Metric.LOOP_PENDING_TASKS, "epoll-1", "epoll-#"))
                .isEqualTo(7);
        assertThat(fixture.series(Metric.LOOP_PENDING_TASKS)).isEqualTo(1);
    }

    @Test
    void loopsOfOneName_showTheWorstLag_andSumTheirPendingTasks() {
        metrics.observed(loop("vert.x-eventloop", 20, 7));
        metrics.observed(loop("vert.x-eventloop", 30, 2));

        assertThat(fixture.value(Metric.LOOP_LAG_MAX, "vert.x-eventloop", "vert.x-eventloop"))
                .isEqualTo(0.030);
        assertThat(fixture.buckets(Metric.LOOP_LAG, "vert.x-eventloop", "vert.x-eventloop")
                        .count())
                .isEqualTo(2);
        assertThat(fixture.value(Metric.LOOP_PENDING_TASKS, "vert.x-eventloop", "vert.x-eventloop"))
                .isEqualTo(9);
    }

    @Test
    void loopsBeyondLimit_shareOneSeries_withTheWorstLag() {
        for (int i = 0; i < Limits.MAX_LOOPS + 20; i++) {
            metrics.observed(loop("epoll-" + i, i, 1));
        }

        assertThat(fixture.series(Metric.LOOP_UTILIZATION)).isEqualTo(Limits.MAX_LOOPS + 1);
        assertThat(fixture.sum(Metric.LOOP_PENDING_TASKS)).isEqualTo(Limits.MAX_LOOPS + 20);
        assertThat(fixture.value(Metric.LOOP_LAG_MAX, OTHERS, OTHERS)).isEqualTo((Limits.MAX_LOOPS + 19) / 1e3);
    }

    @Test
    void lag_addsUp_overAllIntervals() {
        for (int i = 0; i < 5; i++) {
            metrics.observed(loop("epoll-1", i == 2 ? 300 : 1, 0)); // a burst in one of five intervals
        }

        Buckets lag = fixture.buckets(Metric.LOOP_LAG, "epoll-1", "epoll-#");
        assertThat(lag.count()).isEqualTo(5);
        assertThat(lag.counts().get(Histogram.bucketOf(1_000_000))).isEqualTo(4);
        assertThat(lag.counts().get(Histogram.bucketOf(300_000_000))).isEqualTo(1);
        assertThat(lag.sum()).isCloseTo(0.304, within(1e-9));
    }

    @Test
    void fractionsOfCounts_areNotLost_andNoSumOfBucketsGoesBack() {
        Cumulative cumulative = new Cumulative();
        Buckets before = cumulative.buckets();
        for (int i = 1; i <= 100; i++) {
            cumulative.add(new Histogram.Builder()
                    .add(0, 0.3, 0)
                    .add(3, 0.3, 0)
                    .add(Histogram.BOUNDS, 0.3, 0)
                    .build());
            Buckets now = cumulative.buckets();
            long upToBefore = 0;
            long upToNow = 0;
            for (int bucket = 0; bucket <= Histogram.BOUNDS; bucket++) {
                upToBefore += before.counts().get(bucket);
                upToNow += now.counts().get(bucket);
                assertThat(upToNow).isGreaterThanOrEqualTo(upToBefore);
            }
            assertThat(now.count()).isCloseTo((long) (i * 0.9), within(1L));
            before = now;
        }
    }

    @Test
    void pool_sumsTheCompletedTasksOfItsSamples() {
        metrics.observed(pool("work-#", 3, 4, 10));
        metrics.observed(pool("work-#", 4, 4, 5));

        assertThat(fixture.value(Metric.POOL_COMPLETED, "work-#", "ThreadPoolExecutor"))
                .isEqualTo(15);
        assertThat(fixture.value(Metric.POOL_SATURATION, "work-#", "ThreadPoolExecutor"))
                .isEqualTo(1);
        assertThat(fixture.value(Metric.POOL_QUEUE_WAIT_MAX, "work-#", "ThreadPoolExecutor"))
                .isEqualTo(0.003);
        assertThat(fixture.buckets(Metric.POOL_QUEUE_WAIT, "work-#", "ThreadPoolExecutor"))
                .satisfies(waits -> assertThat(waits.count()).isEqualTo(2))
                .satisfies(waits -> assertThat(waits.sum()).isCloseTo(0.004, within(1e-9)));
        assertThat(fixture.series(Metric.POOL_CAPACITY)).as("unknown").isZero();
    }

    @Test
    void poolsBeyondLimit_shareOneSeries_andTotalsStayCorrect() {
        for (int i = 0; i < Limits.MAX_POOLS + 20; i++) {
            metrics.observed(pool("pool-" + i, 1, 1, 2));
        }

        assertThat(fixture.series(Metric.POOL_ACTIVE)).isEqualTo(Limits.MAX_POOLS + 1);
        assertThat(fixture.sum(Metric.POOL_COMPLETED)).isEqualTo(2 * (Limits.MAX_POOLS + 20));
        assertThat(fixture.value(Metric.POOL_COMPLETED, OTHERS, OTHERS)).isEqualTo(40);
    }

    @Test
    void downstreams_areLabeledWithTheirPort_unlessDetailIsFull() {
        MetricsFixture full = new MetricsFixture("detail=full");
        for (MetricsFixture each : List.of(fixture, full)) {
            each.metrics.observed(new DownstreamSample(
                    System.nanoTime(),
                    "db.shop.internal:5432",
                    new InFlight(3, 3, 3, 5, 1),
                    new InFlight(7, 9, 9, 20, 2)));
            each.metrics.observed(
                    new DownstreamSample(System.nanoTime(), "[::1]:5432", new InFlight(1, 1, 1, 2, 0), InFlight.NONE));
            each.metrics.observed(new DownstreamSample(
                    System.nanoTime(), "/run/alice.sock", new InFlight(1, 1, 1, 1, 0), InFlight.NONE));
        }

        assertThat(fixture.value(Metric.DOWNSTREAM_IN_FLIGHT, "*:5432")).isEqualTo(4);
        assertThat(fixture.value(Metric.DOWNSTREAM_CONNECTS, "*:5432")).isEqualTo(7);
        assertThat(fixture.value(Metric.DOWNSTREAM_FAILED, "*:5432")).isEqualTo(1);
        assertThat(fixture.value(Metric.DOWNSTREAM_REQUESTS_IN_FLIGHT, "*:5432"))
                .isEqualTo(7);
        assertThat(fixture.value(Metric.DOWNSTREAM_REQUESTS, "*:5432")).isEqualTo(20);
        assertThat(fixture.value(Metric.DOWNSTREAM_REQUESTS_FAILED, "*:5432")).isEqualTo(2);
        assertThat(fixture.value(Metric.DOWNSTREAM_IN_FLIGHT, "unix")).isEqualTo(1);
        assertThat(full.value(Metric.DOWNSTREAM_IN_FLIGHT, "db.shop.internal:5432"))
                .isEqualTo(3);
        assertThat(full.value(Metric.DOWNSTREAM_IN_FLIGHT, "/run/alice.sock")).isEqualTo(1);
    }

    @Test
    void agentInfo_hasVersionAndMode() {
        assertThat(fixture.value(Metric.AGENT_INFO, "unknown", "observe")).isEqualTo(1);
    }
}
