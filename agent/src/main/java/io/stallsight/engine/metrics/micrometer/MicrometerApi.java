package io.stallsight.engine.metrics.micrometer;

import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Sample;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What of Micrometer's public API is used, in the application's loader. The same from 1.1 on.
 *
 * @param gauge {@code Gauge.builder}
 * @param counter {@code FunctionCounter.builder}
 */
record MicrometerApi(Class<?> registry, @Nullable Class<?> composite, Method gauge, Method counter, Method remove) {

    private static final String PACKAGE = "io.micrometer.core.instrument.";

    /** The number that a meter shows: read by threads of the application. */
    static final class Cell {
        volatile double value;
    }

    private static double valueOf(Object cell) {
        return ((Cell) cell).value;
    }

    /** The API that this registry implements. */
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

    /** The registries of a composite one; null of any other. */
    @Nullable
    Collection<?> members(Object of) throws ReflectiveOperationException {
        return composite != null && composite.isInstance(of)
                ? (Collection<?>) composite.getMethod("getRegistries").invoke(of)
                : null;
    }

    /** Whether the application has put a meter there. */
    boolean isInUse(Object of) throws ReflectiveOperationException {
        return !((List<?>) registry.getMethod("getMeters").invoke(of)).isEmpty();
    }

    boolean isClosed(Object of) throws ReflectiveOperationException {
        return (boolean) registry.getMethod("isClosed").invoke(of);
    }

    void remove(Object from, Object meter) throws ReflectiveOperationException {
        remove.invoke(from, meter);
    }

    /** Makes the meter of a series, which shows what is in the cell. */
    Object register(Object in, Sample.Series series, Cell cell) throws ReflectiveOperationException {
        Metric metric = series.metric();
        Method make = metric.type() == Metric.Type.COUNTER ? counter : gauge;
        ToDoubleFunction<Object> value = MicrometerApi::valueOf;
        Object builder = make.invoke(null, metric.dottedName(), cell, value);
        Class<?> type = builder.getClass();
        type.getMethod("description", String.class).invoke(builder, metric.help());
        if (metric.unit() != Metric.Unit.NONE) {
            type.getMethod("baseUnit", String.class)
                    .invoke(builder, metric.unit().name().toLowerCase(Locale.ROOT));
        }
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < series.labels().size(); i++) {
            tags.add(metric.labels().get(i));
            tags.add(series.labels().get(i));
        }
        type.getMethod("tags", String[].class).invoke(builder, (Object) tags.toArray(String[]::new));
        return type.getMethod("register", registry).invoke(builder, in);
    }
}
