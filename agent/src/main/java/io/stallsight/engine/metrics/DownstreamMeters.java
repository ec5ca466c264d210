package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.DownstreamSample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Outbound connections and requests by downstream. Downstreams with the same label share a series. */
final class DownstreamMeters {

    private static final class Totals {
        long connects;
        long failed;
        long requests;
        long requestsFailed;
    }

    private final DownstreamNames names;
    private final LatestSamples<DownstreamSample> latest;
    private final SeriesSlots slots = new SeriesSlots(Limits.MAX_DOWNSTREAMS);
    private final Map<String, Totals> totals = new HashMap<>();

    DownstreamMeters(DownstreamNames names, long interval) {
        this.names = names;
        this.latest = new LatestSamples<>(interval);
    }

    void add(DownstreamSample sample) {
        latest.put(sample.name(), sample, sample.time());
        Totals of = totals.computeIfAbsent(label(sample), fresh -> new Totals());
        of.connects += sample.connections().begun();
        of.failed += sample.connections().failed();
        of.requests += sample.requests().begun();
        of.requestsFailed += sample.requests().failed();
    }

    void addTo(Samples samples, long now) {
        latest.expire(now);
        Set<String> present = new HashSet<>();
        latest.forEach(sample -> present.add(names.label(sample.name())));
        slots.release(label -> !present.contains(label));
        totals.keySet().removeIf(label -> !label.equals(Limits.OTHERS) && !present.contains(label));
        latest.forEach(sample -> {
            List<String> label = List.of(label(sample));
            samples.add(Metric.DOWNSTREAM_IN_FLIGHT, sample.connections().now(), label);
            samples.add(Metric.DOWNSTREAM_REQUESTS_IN_FLIGHT, sample.requests().now(), label);
        });
        totals.forEach((label, total) -> {
            samples.add(Metric.DOWNSTREAM_CONNECTS, total.connects, List.of(label));
            samples.add(Metric.DOWNSTREAM_FAILED, total.failed, List.of(label));
            samples.add(Metric.DOWNSTREAM_REQUESTS, total.requests, List.of(label));
            samples.add(Metric.DOWNSTREAM_REQUESTS_FAILED, total.requestsFailed, List.of(label));
        });
    }

    private String label(DownstreamSample sample) {
        String shown = names.label(sample.name());
        return slots.claim(shown) ? shown : Limits.OTHERS;
    }
}
