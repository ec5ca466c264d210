package io.stallsight.engine.metrics.opentelemetry;

import io.stallsight.engine.host.HostOutput;
import io.stallsight.engine.memory.Tether;
import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Metrics;
import io.stallsight.engine.metrics.Sample;
import io.stallsight.engine.metrics.Series;
import io.stallsight.hook.StallsightErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Creates one instrument for each metric, of a histogram three, in the application's OpenTelemetry. Its metric reader
 * calls the instruments on a thread of the application. That thread only copies the samples of the last interval; it
 * computes nothing.
 */
public final class OpenTelemetryOutput implements HostOutput {

    private final Metrics metrics;

    /** In the application's loader: an instrument refers to its classes. Null before there are any. */
    private @Nullable Tether<List<AutoCloseable>> instruments;

    /** By the name of their instrument. */
    private volatile Map<String, List<Series.Value>> values = Map.of();

    public OpenTelemetryOutput(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Exports to the first one only, as long as its application lives. A second one usually wraps the first, or
     * replaces it in the next test.
     */
    @Override
    public void found(Object openTelemetry) {
        Tether<List<AutoCloseable>> present = instruments;
        if (present != null && !present.isGone()) {
            return;
        }
        List<AutoCloseable> made = new ArrayList<>();
        try {
            OpenTelemetryApi api = OpenTelemetryApi.of(openTelemetry);
            Object meter = api.meter(openTelemetry);
            for (Metric metric : Metric.values()) {
                for (Series.Part part : Series.parts(metric)) {
                    String name = new Series(metric, part, List.of()).name();
                    made.add(api.instrument(
                            meter, new Series(metric, part, List.of()), measurement -> record(api, name, measurement)));
                }
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightErrors.suppress(e);
        }
        if (!made.isEmpty()) {
            instruments = Tether.toClass(openTelemetry.getClass(), made);
        }
    }

    @Override
    public void refresh() {
        Map<String, List<Series.Value>> byName = new HashMap<>();
        for (Sample sample : metrics.samples()) {
            for (Series.Value value : Series.of(sample)) {
                byName.computeIfAbsent(value.series().name(), fresh -> new ArrayList<>())
                        .add(value);
            }
        }
        values = byName;
    }

    @Override
    public void close() {
        Tether<List<AutoCloseable>> present = instruments;
        List<AutoCloseable> made = present == null ? null : present.get();
        if (present == null || made == null) {
            return;
        }
        for (AutoCloseable instrument : made) {
            try {
                instrument.close();
            } catch (Exception e) {
                StallsightErrors.suppress(e);
            }
        }
        present.release();
    }

    /** Callback of an instrument; runs on a thread of the application. */
    private void record(OpenTelemetryApi api, String name, Object measurement) {
        try {
            for (Series.Value value : values.getOrDefault(name, List.of())) {
                api.record(measurement, value);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightErrors.suppress(e);
        }
    }
}
