package io.stallsight.engine.metrics.opentelemetry;

import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Series;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of OpenTelemetry's API that the exporter calls by reflection: interfaces of version 1.10 and later. Their
 * package is taken from the object, because the Java agent of OpenTelemetry has relocated copies of them.
 */
final class OpenTelemetryApi {

    private static final String ENTRY = "OpenTelemetry";
    private static final String SCOPE = "io.stallsight";

    private final Class<?> entry;
    private final Method attributes;
    private final Method put;
    private final Method build;
    private final Method record;

    private OpenTelemetryApi(Class<?> entry) throws ReflectiveOperationException {
        this.entry = entry;
        Class<?> attributesType = type("common.Attributes");
        Class<?> builder = type("common.AttributesBuilder");
        attributes = attributesType.getMethod("builder");
        put = builder.getMethod("put", String.class, String.class);
        build = builder.getMethod("build");
        record = type("metrics.ObservableDoubleMeasurement").getMethod("record", double.class, attributesType);
    }

    /** Returns the API that the object implements. */
    static OpenTelemetryApi of(Object openTelemetry) throws ReflectiveOperationException {
        Class<?> entry = entry(openTelemetry.getClass());
        if (entry == null) {
            throw new ClassNotFoundException(
                    openTelemetry.getClass() + " does not implement the interface OpenTelemetry");
        }
        return new OpenTelemetryApi(entry);
    }

    private static @Nullable Class<?> entry(Class<?> of) {
        Deque<Class<?>> types = new ArrayDeque<>();
        for (Class<?> type = of; type != null; type = type.getSuperclass()) {
            types.add(type);
        }
        while (!types.isEmpty()) {
            Class<?> type = types.remove();
            if (type.isInterface() && type.getSimpleName().equals(ENTRY)) {
                return type;
            }
            types.addAll(List.of(type.getInterfaces()));
        }
        return null;
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(entry.getPackageName() + "." + name, false, entry.getClassLoader());
    }

    Object meter(Object openTelemetry) throws ReflectiveOperationException {
        return entry.getMethod("getMeter", String.class).invoke(openTelemetry, SCOPE);
    }

    /**
     * Creates the asynchronous instrument of a metric, or of a part of it.
     *
     * @param series any series of it
     * @param callback called by the application's metric reader, with a measurement to pass to {@link #record}
     */
    AutoCloseable instrument(Object meter, Series series, Consumer<Object> callback)
            throws ReflectiveOperationException {
        boolean counter = series.isCounter();
        Object builder = type("metrics.Meter")
                .getMethod(counter ? "counterBuilder" : "gaugeBuilder", String.class)
                .invoke(meter, series.name());
        Class<?> first = type(counter ? "metrics.LongCounterBuilder" : "metrics.DoubleGaugeBuilder");
        first.getMethod("setDescription", String.class)
                .invoke(builder, series.metric().help());
        first.getMethod("setUnit", String.class).invoke(builder, unit(series.unit()));
        Class<?> last = first;
        if (counter) {
            builder = first.getMethod("ofDoubles").invoke(builder);
            last = type("metrics.DoubleCounterBuilder");
        }
        return (AutoCloseable)
                last.getMethod("buildWithCallback", Consumer.class).invoke(builder, callback);
    }

    void record(Object measurement, Series.Value value) throws ReflectiveOperationException {
        Object builder = attributes.invoke(null);
        List<String> names = value.series().labelNames();
        List<String> labels = value.series().labels();
        for (int i = 0; i < labels.size(); i++) {
            put.invoke(builder, names.get(i), labels.get(i));
        }
        record.invoke(measurement, value.value(), build.invoke(builder));
    }

    /** Unit in the notation of <a href="https://ucum.org">UCUM</a>. Exporters append "ratio" to a gauge of unit 1. */
    private static String unit(Metric.Unit unit) {
        return switch (unit) {
            case NONE -> "";
            case SECONDS -> "s";
            case RATIO -> "1";
        };
    }
}
