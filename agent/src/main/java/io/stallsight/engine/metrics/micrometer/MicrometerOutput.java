package io.stallsight.engine.metrics.micrometer;

import io.stallsight.engine.host.HostOutput;
import io.stallsight.engine.memory.Tether;
import io.stallsight.engine.metrics.Metrics;
import io.stallsight.engine.metrics.Sample;
import io.stallsight.hook.StallsightErrors;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/**
 * Registers meters {@code stallsight.*} in each registry that the application uses.
 *
 * <p>A composite registry delegates to its members, so that only the members get meters. The exporter waits until the
 * application has registered its first meter: by then the registry is configured, and common tags and filters apply to
 * the meters of the agent as well.
 *
 * <p>Meters refer to the application's classes, so they live in its loader ({@link Tether}): an undeployed application
 * need not have closed its registry.
 */
public final class MicrometerOutput implements HostOutput {

    private final Metrics metrics;
    private final List<WeakReference<Object>> waiting = new ArrayList<>();
    private final List<Tether<RegistryMeters>> bound = new ArrayList<>();

    public MicrometerOutput(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void found(Object host) {
        waiting.add(new WeakReference<>(host));
    }

    @Override
    public void refresh() {
        bound.removeIf(MicrometerOutput::isGone);
        bindThoseInUse();
        if (!bound.isEmpty()) {
            List<Sample> samples = metrics.samples();
            for (Tether<RegistryMeters> each : bound) {
                RegistryMeters meters = each.get();
                if (meters != null) {
                    meters.show(samples);
                }
            }
        }
    }

    private static boolean isGone(Tether<RegistryMeters> bound) {
        RegistryMeters meters = bound.get();
        if (meters != null && !meters.isGone()) {
            return false;
        }
        bound.release();
        return true;
    }

    @Override
    public void close() {
        for (Tether<RegistryMeters> each : bound) {
            RegistryMeters meters = each.get();
            if (meters != null) {
                meters.clear();
            }
            each.release();
        }
        bound.clear();
    }

    private void bindThoseInUse() {
        List<Object> members = new ArrayList<>();
        for (Iterator<WeakReference<Object>> all = waiting.iterator(); all.hasNext(); ) {
            Object registry = all.next().get();
            if (registry == null || bind(registry, members)) {
                all.remove();
            }
        }
        for (Object member : members) {
            if (waiting.stream().noneMatch(known -> known.refersTo(member))) {
                found(member);
            }
        }
    }

    private boolean isBound(Object registry) {
        for (Tether<RegistryMeters> each : bound) {
            RegistryMeters meters = each.get();
            if (meters != null && meters.isOf(registry)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Binds the registry if the application uses it.
     *
     * @param members receives the members of a composite registry
     * @return whether the registry is done and can leave the waiting list
     */
    private boolean bind(Object registry, List<Object> members) {
        if (isBound(registry)) {
            return true;
        }
        try {
            MicrometerApi api = MicrometerApi.of(registry);
            if (api.isClosed(registry)) {
                return true; // a composite registry keeps it, and Micrometer warns of gauges that come twice
            }
            Collection<?> inside = api.members(registry);
            if (inside != null) {
                members.addAll(inside);
                return false; // the application may add members later
            }
            if (!api.isInUse(registry)) {
                return false;
            }
            bound.add(Tether.toClass(registry.getClass(), new RegistryMeters(registry, api)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            StallsightErrors.suppress(e);
        }
        return true;
    }
}
