package io.stallsight.engine.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters that share their labels, each series with one number for each of the metrics. Not thread-safe.
 *
 * <p>Beyond a number of series the further ones are summed in one of which every label is {@link Limits#OTHERS}, but
 * for the first if {@code keepsFirst}; so totals stay right.
 */
final class Counts {

    private final List<Metric> metrics;
    private final int most;
    private final boolean keepsFirst;
    private final Map<List<String>, double[]> totals = new HashMap<>();

    Counts(int most, boolean keepsFirst, Metric... metrics) {
        this.metrics = List.of(metrics);
        this.most = most;
        this.keepsFirst = keepsFirst;
    }

    /** Adds to each metric, in the order of the constructor. */
    void add(List<String> labels, double... amounts) {
        boolean own = totals.containsKey(labels) || totals.size() < most;
        double[] total = totals.computeIfAbsent(own ? labels : others(labels), fresh -> new double[metrics.size()]);
        for (int i = 0; i < amounts.length; i++) {
            total[i] += amounts[i];
        }
    }

    void addTo(Samples samples) {
        totals.forEach((labels, total) -> {
            for (int i = 0; i < total.length; i++) {
                samples.add(metrics.get(i), total[i], labels);
            }
        });
    }

    private List<String> others(List<String> labels) {
        List<String> others = new ArrayList<>(Collections.nCopies(labels.size(), Limits.OTHERS));
        if (keepsFirst) {
            others.set(0, labels.get(0));
        }
        return List.copyOf(others);
    }
}
