package io.stallsight.it.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.stallsight.it.harness.EachJdk;
import io.stallsight.it.harness.ForkedJvm;
import io.stallsight.it.harness.Jdk;
import io.stallsight.it.harness.OtlpCollector;
import io.stallsight.it.harness.Outcome;
import io.stallsight.it.harness.RunningJvm;
import java.net.ServerSocket;
import java.util.List;

/** OpenTelemetry's own classes can read the pushed metrics. */
class OtlpIT {

    @EachJdk
    void metrics_arePushed_atTheLatestAtTheEnd(Jdk jdk) throws Exception {
        OtlpCollector collector = OtlpCollector.start();
        try (collector;
                RunningJvm jvm = ForkedJvm.of(jdk, "app.metrics.BlockedLoop", "30")
                        .agent("interval=200ms", "otlp=" + collector.address())
                        .environment("OTEL_RESOURCE_ATTRIBUTES", "service.name=shop,service.version=7%2B1")
                        .start()) {
            jvm.awaitLine("ENOUGH");
            jvm.end();
            jvm.awaitExit().healthy();
        }

        ExportMetricsServiceRequest request = collector.last();
        assertThat(texts(request.getResourceMetrics(0).getResource().getAttributesList()))
                .contains("service.name=shop", "service.version=7+1", "telemetry.sdk.name=stallsight")
                .anyMatch(each -> each.startsWith("host.name="))
                .anyMatch(each -> each.startsWith("process.runtime.version=" + jdk.feature()));
        assertThat(request.getResourceMetrics(0).getResource().getAttributesList())
                .filteredOn(each -> each.getKey().equals("process.pid"))
                .allMatch(each -> each.getValue().getIntValue() > 1)
                .hasSize(1);
        Metric blocking = collector.metric("stallsight.blocking");
        assertThat(blocking.getUnit()).isEqualTo("s");
        assertThat(blocking.getSum().getIsMonotonic()).isTrue();
        assertThat(blocking.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        NumberDataPoint point = blocking.getSum().getDataPoints(0);
        assertThat(texts(point.getAttributesList()))
                .contains("api=Thread.sleep", "loop.group=orders-loop-#", "site=app.metrics.BlockedLoop.main");
        assertThat(point.getAsDouble()).isGreaterThan(0.020);
        assertThat(point.getTimeUnixNano()).isGreaterThan(point.getStartTimeUnixNano());
        Metric lag = collector.metric("stallsight.loop.lag");
        assertThat(lag.getUnit()).isEqualTo("s");
        assertThat(lag.getHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        HistogramDataPoint lags = lag.getHistogram().getDataPoints(0);
        assertThat(texts(lags.getAttributesList())).containsExactly("loop=orders-loop-1", "loop.group=orders-loop-#");
        assertThat(lags.getExplicitBoundsList())
                .hasSize(lags.getBucketCountsCount() - 1)
                .isSorted()
                .contains(0.001048576, 17.179869184);
        assertThat(lags.getBucketCountsList().stream().mapToLong(each -> each).sum())
                .isEqualTo(lags.getCount())
                .isPositive();
        assertThat(lags.getSum()).isPositive();
        assertThat(lags.getTimeUnixNano()).isGreaterThan(lags.getStartTimeUnixNano());
        assertThat(lags.getStartTimeUnixNano()).isPositive();
        assertThat(collector.metric("stallsight.loop.utilization").getGauge().getDataPointsList())
                .as("the client's own thread is no loop of the application")
                .allMatch(each -> texts(each.getAttributesList()).contains("loop=orders-loop-1"));
    }

    @EachJdk
    void missingCollector_isReportedOnce(Jdk jdk) throws Exception {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        Outcome outcome;
        try (RunningJvm jvm = ForkedJvm.of(jdk, "app.metrics.BlockedLoop", "30")
                .agent("otlp=http://127.0.0.1:" + closedPort)
                .start()) {
            jvm.awaitLine("ENOUGH");
            jvm.end();
            outcome = jvm.awaitExit().healthy();
        }

        assertThat(outcome.stderr().stream()
                        .filter(line -> line.contains(
                                "metrics cannot be sent to http://127.0.0.1:" + closedPort + "/v1/metrics")))
                .hasSize(1);
    }

    private static List<String> texts(List<KeyValue> attributes) {
        return attributes.stream()
                .map(each -> each.getKey() + "=" + each.getValue().getStringValue())
                .toList();
    }
}
