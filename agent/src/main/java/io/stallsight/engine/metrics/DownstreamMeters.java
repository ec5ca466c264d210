package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.DownstreamSample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Outbound connections by where they go. Downstreams whose names are shown alike are one. */
final class DownstreamMeters {

    private static final class Totals {
        long connects;
        long failed;
    }

    private final DownstreamNames names;
    private final Recent<DownstreamSample> recent;
    private final Places places = new Places(Limits.DOWNSTREAMS);
    private final Map<String, Totals> totals = new HashMap<>();

    DownstreamMeters(DownstreamNames names, long interval) {
        this.names = names;
        this.recent = new Recent<>(interval);
    }

    void add(DownstreamSample sample, long now) {
        recent.put(sample.name(), sample, now);
        Totals of = totals.computeIfAbsent(label(sample), fresh -> new Totals());
        of.connects += sample.connects();
        of.failed += sample.failed();
    }

    void addTo(Samples samples, long now) {
        recent.present(now);
        Set<String> present = new HashSet<>();
        recent.forEach(sample -> present.add(names.show(sample.name())));
        places.free(label -> !present.contains(label));
        totals.keySet().removeIf(label -> !label.equals(Limits.OTHERS) && !present.contains(label));
        recent.forEach(sample -> samples.add(Metric.DOWNSTREAM_IN_FLIGHT, sample.inFlight(), List.of(label(sample))));
        totals.forEach((label, total) -> {
            samples.add(Metric.DOWNSTREAM_CONNECTS, total.connects, List.of(label));
            samples.add(Metric.DOWNSTREAM_FAILED, total.failed, List.of(label));
        });
    }

    private String label(DownstreamSample sample) {
        String shown = names.show(sample.name());
        return places.has(shown) ? shown : Limits.OTHERS;
    }
}
