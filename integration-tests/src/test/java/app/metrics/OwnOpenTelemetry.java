package app.metrics;

import app.SelectorLoop;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A service that sets up OpenTelemetry a while after its start. Prints what its reader collects once there is a metric
 * of the name that is its argument: {@code METRIC name unit value attributes}.
 */
public final class OwnOpenTelemetry {

    private static final class Reader implements MetricReader {
        private final AtomicReference<CollectionRegistration> registration = new AtomicReference<>();

        @Override
        public void register(CollectionRegistration with) {
            registration.set(with);
        }

        Collection<MetricData> collect() {
            return registration.get().collectAllMetrics();
        }

        @Override
        public CompletableResultCode forceFlush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }
    }

    private OwnOpenTelemetry() {}

    public static void main(String[] args) throws Exception {
        try (SelectorLoop loop = new SelectorLoop("orders-loop-1")) {
            loop.run(() -> Thread.sleep(20));
            System.out.println("SET BY NOBODY ELSE " + !GlobalOpenTelemetry.isSet());
            Reader reader = new Reader();
            GlobalOpenTelemetry.set(OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build());
            Collection<MetricData> collected = reader.collect();
            while (collected.stream().noneMatch(metric -> metric.getName().equals(args[0]))) {
                Thread.sleep(100);
                collected = reader.collect();
            }
            collected.forEach(OwnOpenTelemetry::print);
        }
    }

    private static void print(MetricData metric) {
        Collection<DoublePointData> points =
                metric.getDoubleGaugeData().getPoints().isEmpty()
                        ? metric.getDoubleSumData().getPoints()
                        : metric.getDoubleGaugeData().getPoints();
        points.forEach(point -> System.out.println("METRIC " + metric.getName() + " '" + metric.getUnit() + "' "
                + point.getValue() + " " + point.getAttributes().asMap()));
    }
}
