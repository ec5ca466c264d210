package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.RunningJvm;

/** A Spring Boot service with Actuator shows the agent's meters beside its own, without a port or code. */
class MicrometerIT {

    private static void useIt(String address) {
        Scrape.get(address + "/offloaded"); // first, as the first request computes longer than the slow one sleeps
        Scrape.get(address + "/slow");
    }

    @EachJdk
    void actuatorsOwnEndpoint_hasTheAgentsMeters(Jdk jdk) {
        try (RunningJvm jvm = Shop.on(jdk).agent("interval=200ms").start()) {
            String address = "http://127.0.0.1:" + jvm.awaitLine("PORT ");
            useIt(address);
            Scrape scrape = Scrape.until(
                    address + "/actuator/prometheus",
                    "the stall, its call and the pool", // meters are registered one after the other
                    seen -> seen.has("stallsight_stalls_total", "site=\"com.shop.ShopApplication.slow\"")
                            && seen.has("stallsight_blocking_seconds_total")
                            && seen.has("stallsight_pool_completed_total", "pool=\"boundedElastic-#\""));

            assertThat(scrape.names("stallsight_"))
                    .contains(
                            "stallsight_loop_lag_buckets_total",
                            "stallsight_loop_lag_count_total",
                            "stallsight_loop_lag_sum_seconds_total",
                            "stallsight_loop_lag_max_seconds",
                            "stallsight_loop_utilization_ratio",
                            "stallsight_loop_pending_tasks",
                            "stallsight_blocking_calls_total",
                            "stallsight_blocking_seconds_total",
                            "stallsight_stalls_total",
                            "stallsight_stall_seconds_total",
                            "stallsight_pool_active",
                            "stallsight_pool_saturation_ratio",
                            "stallsight_hook_active",
                            "stallsight_agent_errors_total",
                            "stallsight_agent_cpu_seconds_total",
                            "stallsight_agent_info");
            assertThat(scrape.has(
                            "stallsight_blocking_calls_total",
                            "site=\"com.shop.ShopApplication.slow\"",
                            "loop_group=\"reactor-http-epoll-#\"",
                            "shop=\"berlin\""))
                    .as("with the tags that the application gives to all of its meters")
                    .isTrue();
            assertThat(scrape.samples()).anyMatch(sample -> sample.matches("stallsight_agent_errors_total\\{.*} 0.0"));
            jvm.end();
            jvm.awaitExit().healthy();
        }
    }

    @EachJdk
    void attachedLate_theMetersAreThere_andDetached_theyAreGone(Jdk jdk) {
        try (RunningJvm jvm =
                Shop.on(jdk).options("-XX:+EnableDynamicAgentLoading").start()) {
            String address = "http://127.0.0.1:" + jvm.awaitLine("PORT ");
            String metrics = address + "/actuator/prometheus";
            assertThat(Scrape.of(metrics).names("stallsight_")).isEmpty();

            ForkedJvm.commandLine(jdk, "attach", "" + jvm.pid(), "interval=200ms")
                    .run()
                    .exited(0);
            useIt(address);
            Scrape.until(metrics, "the blocking call", seen -> seen.has("stallsight_blocking_calls_total"));

            ForkedJvm.commandLine(jdk, "detach", "" + jvm.pid()).run().exited(0);
            assertThat(Scrape.of(metrics).names("stallsight_")).isEmpty();
            jvm.end();
            jvm.awaitExit().healthy();
        }
    }
}
