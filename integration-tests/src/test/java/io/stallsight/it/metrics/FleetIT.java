package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.Jdks;
import io.stallsight.it.harness.RunningJvm;
import io.stallsight.it.harness.TestOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Several instances of a service under load, scraped by a real Prometheus server: the queries in {@code ops} answer the
 * questions about the fleet.
 */
class FleetIT {

    /** Of these, p99 has hundreds of longer ones. */
    /** Exist from the first event on, of which there is none here. */
    private static final Set<String> RARE = Set.of(
            "stallsight_pool_exhaustions_total",
            "stallsight_self_deadlocks_total",
            "stallsight_fan_outs_total",
            "stallsight_pinned_total");

    private static final int MIN_WAITS = 20_000;

    /** Prometheus's extrapolation to the ends of the time is small beside it. */
    private static final long MIN_PROBED = TimeUnit.SECONDS.toNanos(30);

    private static final String SITE = "com.shop.ShopApplication.slow";

    /** One instance; two of three are of version 2. */
    private record Instance(String name, String version, RunningJvm jvm, String address, String agent)
            implements AutoCloseable {

        static Instance start(String name, String version, Jdk jdk) {
            RunningJvm jvm = Shop.on(jdk).agent("interval=500ms,http=0").start();
            String address = "127.0.0.1:" + jvm.awaitLine("PORT ");
            String dashboard = jvm.awaitLog("dashboard: http://");
            return new Instance(name, version, jvm, address, dashboard.replaceFirst(".*http://(.*)/.*", "$1"));
        }

        String scrapeConfig() {
            return "  - job_name: shop-" + name + "\n    static_configs:\n      - targets: ['" + agent + "']\n"
                    + "        labels: {job: shop, instance: " + name + ", version: '" + version + "'}\n";
        }

        @Override
        public void close() {
            jvm.close();
        }
    }

    /** Three instances under load, and the server that scrapes them. */
    private record Fleet(
            Instance calm,
            Instance slow,
            Instance slowToo,
            Prometheus prometheus,
            AtomicBoolean enough,
            List<Thread> load)
            implements AutoCloseable {

        static Fleet start() throws IOException {
            Jdk own = Jdks.tested().get(0);
            List<Jdk> jdks = Jdks.found();
            Instance calm = Instance.start("calm", "1", own);
            Instance slow = Instance.start("slow", "2", own);
            Instance slowToo = Instance.start("slow-too", "2", jdks.get(jdks.size() - 1));
            Prometheus prometheus =
                    Prometheus.start(calm.scrapeConfig() + slow.scrapeConfig() + slowToo.scrapeConfig());
            return new Fleet(calm, slow, slowToo, prometheus, new AtomicBoolean(), new ArrayList<>());
        }

        /** The first requests load classes on the loops, for seconds on a busy machine. */
        void warmUp() {
            for (Instance each : all()) {
                for (String path : List.of("/offloaded", "/slow", "/remote", "/remote")) {
                    Scrape.get("http://" + each.address + path);
                }
            }
        }

        void putUnderLoad() {
            load(calm, "/offloaded");
            for (int i = 0; i < 6; i++) {
                load(slow, "/slow");
            }
            load(slowToo, "/slow");
            load(slowToo, "/remote");
            load(slow, "/offloaded");
        }

        List<Instance> all() {
            return List.of(calm, slow, slowToo);
        }

        private void load(Instance instance, String path) {
            Thread thread = new Thread(
                    () -> {
                        while (!enough.get()) {
                            Scrape.get("http://" + instance.address + path);
                        }
                    },
                    "load");
            thread.start();
            load.add(thread);
        }

        void endLoad() throws InterruptedException {
            enough.set(true);
            for (Thread each : load) {
                each.join();
            }
        }

        @Override
        public void close() throws InterruptedException {
            endLoad();
            prometheus.close();
            all().forEach(Instance::close);
        }
    }

    @Test
    void fleetView_comesFromTheQueriesInTheRepository() throws Exception {
        Prometheus.assumeInstalled();
        try (Fleet fleet = Fleet.start()) {
            fleet.putUnderLoad();
            Prometheus prometheus = fleet.prometheus;
            worstLoops_areThoseOfTheSlowInstances(prometheus);
            sites_areRankedByHarm_overAllInstances(prometheus);
            versions_areCompared(prometheus);
            fingerprints_areEqualInAllInstances(prometheus);
            alerts_fire(prometheus);
            everyQueriedMetric_exists(fleet.slowToo);
            everyQueryOfTheDashboard_hasAnAnswer(prometheus);
            fleet.endLoad();
            fingerprint_isTheSameAfterARestart(prometheus, fleet.calm);
        }
    }

    /** The truth is what tasks waited that the service itself queued to all of its loops, every 10 ms. */
    @Test
    void quantilesOfTheFleet_areTheTruth_withinOneBucket() throws Exception {
        Prometheus.assumeInstalled();
        try (Fleet fleet = Fleet.start()) {
            fleet.warmUp();
            fleet.prometheus.until(
                    "count by (instance) (stallsight_loop_lag_seconds_count)",
                    rows -> rows.size() == fleet.all().size());
            long probed = System.nanoTime();
            fleet.all().forEach(each -> Scrape.get("http://" + each.address + "/probe"));
            fleet.putUnderLoad();
            double[] waits = waits(fleet);
            while (waits.length < MIN_WAITS || System.nanoTime() - probed < MIN_PROBED) {
                TimeUnit.SECONDS.sleep(1); // more of them
                waits = waits(fleet);
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - probed);
            for (double quantile : new double[] {0.9, 0.99}) {
                double truth = waits[(int) (quantile * waits.length)];
                double answer = fleet.prometheus
                        .query("histogram_quantile(" + quantile + ", sum by (le) (rate("
                                + "stallsight_loop_lag_seconds_bucket{loop_group=\"reactor-http-epoll-#\"}[" + seconds
                                + "s])))")
                        .get(0)
                        .value();
                assertThat(Math.abs(bucket(answer) - bucket(truth)))
                        .as("p" + quantile + " is " + answer + ", of " + waits.length + " waits " + truth)
                        .isLessThanOrEqualTo(1);
            }
            promtool_acceptsTheMetrics(fleet.slow);
        }
    }

    private static double[] waits(Fleet fleet) {
        return fleet.all().stream()
                .flatMap(each -> Stream.of(
                        Scrape.get("http://" + each.address + "/waits").split(",")))
                .filter(each -> !each.isEmpty())
                .mapToDouble(nanos -> Long.parseLong(nanos) / 1e9)
                .sorted()
                .toArray();
    }

    private static void worstLoops_areThoseOfTheSlowInstances(Prometheus prometheus) throws InterruptedException {
        List<Prometheus.Row> worst = prometheus.until(
                "topk(2, instance_loop_group:stallsight_loop_lag_seconds:p99)",
                rows -> rows.stream()
                        .map(row -> row.label("instance"))
                        .collect(Collectors.toSet())
                        .equals(Set.of("slow", "slow-too")));
        assertThat(worst).allSatisfy(row -> {
            assertThat(row.label("loop_group")).isEqualTo("reactor-http-epoll-#");
            assertThat(row.label("version")).isEqualTo("2");
            assertThat(row.value()).isGreaterThan(0.05);
        });
    }

    private static void sites_areRankedByHarm_overAllInstances(Prometheus prometheus) throws InterruptedException {
        prometheus.until(
                "topk(1, site:stallsight_stall_harm_seconds:rate5m{site!=\"\"})",
                rows -> rows.size() == 1
                        && rows.get(0).label("site").equals(SITE)
                        && rows.get(0).label("api").equals("Thread.sleep")
                        && rows.get(0).value() > 0);
        prometheus.until(
                "topk(1, site:stallsight_blocking_seconds:rate5m)",
                rows -> rows.size() == 1 && rows.get(0).label("site").equals(SITE));
    }

    private static void versions_areCompared(Prometheus prometheus) throws InterruptedException {
        List<Prometheus.Row> byVersion = prometheus.until(
                "sum by (version) (version_cause:stallsight_stall_seconds:rate5m_avg{cause=\"BLOCKING_CALL\"})",
                rows -> rows.stream().anyMatch(row -> row.label("version").equals("2") && row.value() > 0.05));
        assertThat(byVersion).noneMatch(row -> row.label("version").equals("1") && row.value() > 0.05);
    }

    private static void fingerprints_areEqualInAllInstances(Prometheus prometheus) throws InterruptedException {
        String bySite = "count by (fingerprint) (stallsight_blocking_calls_total{site=\"" + SITE + "\"})";
        List<Prometheus.Row> rows = prometheus.until(
                bySite, found -> found.size() == 1 && found.get(0).value() == 2);
        Set<String> stalls = new HashSet<>();
        prometheus
                .query("stallsight_stalls_total{cause=\"BLOCKING_CALL\",site=\"" + SITE + "\"}")
                .forEach(row -> stalls.add(row.label("fingerprint")));
        assertThat(stalls)
                .as("a stall and its call")
                .containsExactly(rows.get(0).label("fingerprint"));
    }

    private static void alerts_fire(Prometheus prometheus) throws InterruptedException {
        prometheus.until(
                "ALERTS{alertname=\"StallsightLoopLate\"}",
                rows -> rows.stream().anyMatch(row -> row.label("instance").equals("slow")));
    }

    private static void everyQueriedMetric_exists(Instance instance) throws Exception {
        Set<String> asked = OpsFiles.metrics();
        assertThat(asked).hasSizeGreaterThan(12).containsAll(RARE);
        asked.removeAll(RARE);
        Scrape.until(
                "http://" + instance.agent + "/metrics",
                "all of " + asked,
                scrape -> scrape.names("stallsight_").containsAll(asked));
    }

    private static void everyQueryOfTheDashboard_hasAnAnswer(Prometheus prometheus) throws Exception {
        for (Map.Entry<String, String> query : OpsFiles.queries().entrySet()) {
            if (RARE.stream().anyMatch(query.getValue()::contains)
                    || query.getKey().equals("Tasks queued and refused B")) {
                prometheus.query(query.getValue()); // nothing of the kind has happened
            } else {
                prometheus.until(query.getValue(), rows -> !rows.isEmpty());
            }
        }
    }

    private static void promtool_acceptsTheMetrics(Instance instance) throws Exception {
        Path page = Files.writeString(
                TestOutput.unique("promtool").resolve("metrics.txt"),
                Scrape.get("http://" + instance.agent + "/metrics"));
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .redirectInput(page.toFile())
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(output).isZero();
        assertThat(output).isEmpty();
    }

    /** Bounds are the powers of two in nanoseconds, from 2^17 on. */
    private static int bucket(double seconds) {
        return Math.max(17, (int) Math.ceil(Math.log(seconds * 1e9) / Math.log(2)));
    }

    private static void fingerprint_isTheSameAfterARestart(Prometheus prometheus, Instance calm) {
        List<Prometheus.Row> before = prometheus.query("stallsight_blocking_calls_total{site=\"" + SITE + "\"}");
        try (Instance restarted =
                Instance.start("restarted", calm.version, Jdks.tested().get(0))) {
            Scrape.get("http://" + restarted.address + "/slow");
            Scrape.until(
                    "http://" + restarted.agent + "/metrics",
                    "the same fingerprint",
                    scrape -> scrape.has(
                            "stallsight_blocking_calls_total",
                            "fingerprint=\"" + before.get(0).label("fingerprint") + "\""));
        }
    }
}
