package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.Request;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The series of one histogram. When the limit of series is reached, further labels share a series whose labels are all
 * {@link Limits#OTHERS}. Not thread-safe.
 */
final class HistogramTable {

    private final Metric metric;
    private final int limit;
    private final Map<List<String>, Cumulative> series = new HashMap<>();

    HistogramTable(Metric metric, int limit) {
        this.metric = metric;
        this.limit = limit;
    }

    void add(List<String> labels, Histogram histogram) {
        at(labels).add(histogram);
    }

    void add(List<String> labels, long nanos, Request request) {
        at(labels).add(nanos, request);
    }

    private Cumulative at(List<String> labels) {
        Cumulative own = series.get(labels);
        if (own == null && series.size() >= limit) {
            return series.computeIfAbsent(
                    Collections.nCopies(labels.size(), Limits.OTHERS), others -> new Cumulative());
        }
        return own == null ? series.computeIfAbsent(labels, fresh -> new Cumulative()) : own;
    }

    /** Ends the series whose labels match. */
    void remove(Predicate<List<String>> gone) {
        series.keySet().removeIf(gone);
    }

    void addTo(Samples samples) {
        series.forEach((labels, cumulative) -> samples.add(metric, cumulative.buckets(), labels));
    }
}
