package io.stallsight.engine.metrics.micrometer;

import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Series;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The parts of Micrometer's public API that the exporter calls by reflection, from the application's loader. They are
 * the same in all versions from 1.1 on.
 *
 * @param registry {@code MeterRegistry}
 * @param composite {@code CompositeMeterRegistry}
 * @param gauge {@code Gauge.builder}
 * @param counter {@code FunctionCounter.builder}
 * @param remove {@code MeterRegistry.remove(Meter)}
 */
record MicrometerApi(Class<?> registry, @Nullable Class<?> composite, Method gauge, Method counter, Method remove) {

    private static final String PACKAGE = "io.micrometer.core.instrument.";

    /** The value of a meter. A thread of the agent writes it; threads of the application read it. */
    static final class Cell {
        volatile double value;
    }

    private static double valueOf(Object cell) {
        return ((Cell) cell).value;
    }

    /** Returns the API that the registry implements. */
    static MicrometerApi of(Object registry) throws ReflectiveOperationException {
        Class<?> type = registry.getClass();
        while (!type.getName().equals(PACKAGE + "MeterRegistry")) {
            type = type.getSuperclass();
        }
        ClassLoader loader = type.getClassLoader();
        return new MicrometerApi(
                type,
                load(loader, "composite.CompositeMeterRegistry"),
                builder(load(loader, "Gauge")),
                builder(load(loader, "FunctionCounter")),
                type.getMethod("remove", load(loader, "Meter")));
    }

    private static Class<?> load(@Nullable ClassLoader loader, String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, false, loader);
    }

    private static Method builder(Class<?> meter) throws NoSuchMethodException {
        return meter.getMethod("builder", String.class, Object.class, ToDoubleFunction.class);
    }

    /** Returns the members of a composite registry, or null if the registry is not composite. */
    @Nullable
    Collection<?> members(Object of) throws ReflectiveOperationException {
        return composite != null && composite.isInstance(of)
                ? (Collection<?>) composite.getMethod("getRegistries").invoke(of)
                : null;
    }

    /** Returns whether the registry has a meter. */
    boolean isInUse(Object of) throws ReflectiveOperationException {
        return !((List<?>) registry.getMethod("getMeters").invoke(of)).isEmpty();
    }

    boolean isClosed(Object of) throws ReflectiveOperationException {
        return (boolean) registry.getMethod("isClosed").invoke(of);
    }

    void remove(Object from, Object meter) throws ReflectiveOperationException {
        remove.invoke(from, meter);
    }

    /** Registers a meter of the series. The meter shows the value of the cell. */
    Object register(Object in, Series series, Cell cell) throws ReflectiveOperationException {
        Metric metric = series.metric();
        Method make = series.isCounter() ? counter : gauge;
        ToDoubleFunction<Object> value = MicrometerApi::valueOf;
        Object builder = make.invoke(null, series.name(), cell, value);
        Class<?> type = builder.getClass();
        type.getMethod("description", String.class).invoke(builder, metric.help());
        if (series.unit() != Metric.Unit.NONE) {
            type.getMethod("baseUnit", String.class)
                    .invoke(builder, series.unit().name().toLowerCase(Locale.ROOT));
        }
        List<String> names = series.labelNames();
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < series.labels().size(); i++) {
            tags.add(names.get(i));
            tags.add(series.labels().get(i));
        }
        type.getMethod("tags", String[].class).invoke(builder, (Object) tags.toArray(String[]::new));
        return type.getMethod("register", registry).invoke(builder, in);
    }
}
