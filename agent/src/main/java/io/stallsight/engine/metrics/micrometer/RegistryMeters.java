package io.stallsight.engine.metrics.micrometer;

import io.stallsight.engine.metrics.Sample;
import io.stallsight.engine.metrics.Series;
import io.stallsight.hook.StallsightErrors;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The agent's meters in one registry. A meter appears and disappears with its series. */
final class RegistryMeters {

    /** Holds the cell strongly: Micrometer has only a weak reference to it, and a gauge without its cell reads NaN. */
    private record Shown(Object meter, MicrometerApi.Cell cell) {}

    private final WeakReference<Object> registry;
    private final MicrometerApi api;
    private final Map<Series, Shown> meters = new HashMap<>();
    private boolean failed;

    RegistryMeters(Object registry, MicrometerApi api) {
        this.registry = new WeakReference<>(registry);
        this.api = api;
    }

    boolean isOf(Object other) {
        return registry.refersTo(other);
    }

    boolean isGone() {
        Object present = registry.get();
        try {
            return present == null || api.isClosed(present);
        } catch (ReflectiveOperationException | RuntimeException e) {
            StallsightErrors.suppress(e);
            return true;
        }
    }

    /** Makes the meters equal to the samples. After a failure, the registry gets no further meters. */
    void show(List<Sample> samples) {
        Object present = registry.get();
        if (present == null || failed) {
            return;
        }
        Set<Series> shown = new HashSet<>();
        try {
            for (Sample sample : samples) {
                for (Series.Value value : Series.of(sample)) {
                    shown.add(value.series());
                    show(present, value);
                }
            }
            for (Iterator<Map.Entry<Series, Shown>> all = meters.entrySet().iterator(); all.hasNext(); ) {
                Map.Entry<Series, Shown> known = all.next();
                if (!shown.contains(known.getKey())) {
                    all.remove();
                    api.remove(present, known.getValue().meter);
                }
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightErrors.suppress(e);
            failed = true;
        }
    }

    private void show(Object in, Series.Value value) throws ReflectiveOperationException {
        Shown known = meters.get(value.series());
        if (known == null) {
            MicrometerApi.Cell cell = new MicrometerApi.Cell();
            cell.value = value.value();
            meters.put(value.series(), new Shown(api.register(in, value.series(), cell), cell));
        } else {
            known.cell.value = value.value();
        }
    }

    /** Removes all meters of the agent. */
    void clear() {
        failed = false;
        show(List.of());
    }
}
