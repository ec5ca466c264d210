package io.stallsight.engine.metrics.prometheus;

import static io.stallsight.engine.metrics.MetricsFixture.loop;
import static io.stallsight.engine.metrics.MetricsFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.Request;
import io.stallsight.engine.metrics.MetricsFixture;
import io.stallsight.hook.StallsightErrors;
import io.stallsight.testing.Calls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsTextTest {

    private final MetricsFixture fixture = new MetricsFixture("");
    private final MetricsText text = new MetricsText(fixture.metrics);

    @BeforeEach
    void reportFacts() {
        fixture.metrics.observed(loop("epoll-1", 20, 7));
        fixture.metrics.observed(pool("work-#", 3, 4, 10));
        Calls.report(fixture.findings, Calls.sleep("com.acme.Orders.find", 2_000_000_000));
    }

    @Test
    void page_isPrometheusText_withTheDocumentedNames() {
        MetricsText.Page page = text.page(null);

        assertThat(page.contentType()).startsWith("text/plain; version=0.0.4");
        assertThat(page.text())
                .contains(
                        "# TYPE stallsight_loop_lag_seconds histogram\n",
                        "stallsight_loop_lag_seconds_bucket{loop=\"epoll-1\",loop_group=\"epoll-#\",le=\"1.31072E-4\"} 0\n",
                        "stallsight_loop_lag_seconds_bucket{loop=\"epoll-1\",loop_group=\"epoll-#\",le=\"0.016777216\"} 0\n",
                        "stallsight_loop_lag_seconds_bucket{loop=\"epoll-1\",loop_group=\"epoll-#\",le=\"0.033554432\"} 1\n",
                        "stallsight_loop_lag_seconds_bucket{loop=\"epoll-1\",loop_group=\"epoll-#\",le=\"17.179869184\"} 1\n",
                        "stallsight_loop_lag_seconds_bucket{loop=\"epoll-1\",loop_group=\"epoll-#\",le=\"+Inf\"} 1\n",
                        "stallsight_loop_lag_seconds_count{loop=\"epoll-1\",loop_group=\"epoll-#\"} 1\n",
                        "stallsight_loop_lag_seconds_sum{loop=\"epoll-1\",loop_group=\"epoll-#\"} 0.02\n",
                        "# TYPE stallsight_loop_tick_seconds histogram\n",
                        "stallsight_loop_lag_max_seconds{loop=\"epoll-1\",loop_group=\"epoll-#\"} 0.02\n",
                        "stallsight_loop_utilization_ratio{loop=\"epoll-1\",loop_group=\"epoll-#\"} 0.5\n",
                        "stallsight_loop_pending_tasks{loop=\"epoll-1\",loop_group=\"epoll-#\"} 7.0\n",
                        "# TYPE stallsight_blocking_calls_total counter\n",
                        "stallsight_blocking_calls_total{api=\"Thread.sleep\",",
                        "stallsight_blocking_seconds_total{api=\"Thread.sleep\",",
                        "stallsight_pool_saturation_ratio{pool=\"work-#\",type=\"ThreadPoolExecutor\"} 0.75\n",
                        "# TYPE stallsight_pool_queue_wait_seconds histogram\n",
                        "stallsight_pool_queue_wait_seconds_count{pool=\"work-#\",type=\"ThreadPoolExecutor\"} 1\n",
                        "stallsight_pool_queue_wait_max_seconds{pool=\"work-#\",type=\"ThreadPoolExecutor\"} 0.003\n",
                        "stallsight_pool_completed_total{pool=\"work-#\",type=\"ThreadPoolExecutor\"} 10.0\n",
                        "stallsight_agent_errors_total " + StallsightErrors.suppressed() + ".0\n",
                        "stallsight_agent_info{agent_version=\"unknown\",mode=\"observe\"} 1");
    }

    @Test
    void page_isOpenMetrics_ifTheClientAcceptsIt() {
        MetricsText.Page page = text.page("application/openmetrics-text; version=1.0.0,text/plain;q=0.5");

        assertThat(page.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(page.text())
                .contains(
                        "# TYPE stallsight_blocking_seconds counter\n", "# UNIT stallsight_blocking_seconds seconds\n")
                .contains("# TYPE stallsight_agent info\n")
                .endsWith("# EOF\n");
    }

    @Test
    void openMetrics_hasTheTraceOfADuration() {
        Request traced = new Request("GET /", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", false);
        Calls.report(fixture.findings, Calls.withRequest(Calls.sleep("com.acme.Orders.find", 3_000_000_000L), traced));
        String page = text.page("application/openmetrics-text; version=1.0.0").text();

        assertThat(page.lines().filter(line -> line.contains(" # {")))
                .singleElement()
                .asString()
                .matches(
                        "stallsight_blocking_duration_seconds_bucket\\{.*,le=\"4.294967296\"} 2 # "
                                + "\\{span_id=\"b7ad6b7169203331\",trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 3.0 \\d+\\.\\d+");
        assertThat(text.page(null).text()).doesNotContain("trace_id");
    }
}
