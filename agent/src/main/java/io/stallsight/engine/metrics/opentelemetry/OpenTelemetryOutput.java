package io.stallsight.engine.metrics.opentelemetry;

import io.stallsight.engine.host.HostOutput;
import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Metrics;
import io.stallsight.engine.metrics.Sample;
import io.stallsight.hook.StallsightHook;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * An instrument for each metric in the application's OpenTelemetry. What its reader asks for, on a thread of its own,
 * are the samples of the last interval: nothing is computed there.
 */
public final class OpenTelemetryOutput implements HostOutput {

    private final Metrics metrics;
    private final List<AutoCloseable> instruments = new ArrayList<>();
    private volatile Map<Metric, List<Sample>> samples = Map.of();

    public OpenTelemetryOutput(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Only one is served: a second one is the first under another name, or its successor in a test. */
    @Override
    public void found(Object openTelemetry) {
        if (!instruments.isEmpty()) {
            return;
        }
        try {
            OpenTelemetryApi api = OpenTelemetryApi.of(openTelemetry);
            Object meter = api.meter(openTelemetry);
            for (Metric metric : Metric.values()) {
                instruments.add(api.instrument(meter, metric, measurement -> tell(api, metric, measurement)));
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightHook.suppress(e);
        }
    }

    @Override
    public void refresh() {
        Map<Metric, List<Sample>> byMetric = new EnumMap<>(Metric.class);
        for (Sample sample : metrics.samples()) {
            byMetric.computeIfAbsent(sample.metric(), fresh -> new ArrayList<>())
                    .add(sample);
        }
        samples = byMetric;
    }

    @Override
    public void close() {
        for (AutoCloseable instrument : instruments) {
            try {
                instrument.close();
            } catch (Exception e) {
                StallsightHook.suppress(e);
            }
        }
    }

    /** Runs on a thread of the application. */
    private void tell(OpenTelemetryApi api, Metric metric, Object measurement) {
        try {
            for (Sample sample : samples.getOrDefault(metric, List.of())) {
                api.record(measurement, sample);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightHook.suppress(e);
        }
    }
}
