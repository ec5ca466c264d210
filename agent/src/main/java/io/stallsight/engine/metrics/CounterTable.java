package io.stallsight.engine.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counters that share their labels: each series has one total for each metric. Not thread-safe.
 *
 * <p>When the limit of series is reached, further labels are added to a series whose labels are all
 * {@link Limits#OTHERS}, so that sums over all series stay correct.
 */
final class CounterTable {

    private final List<Metric> metrics;
    private final int limit;
    private final int keptLabels;
    private final Map<List<String>, double[]> totals = new HashMap<>();

    private CounterTable(int limit, int keptLabels, Metric... metrics) {
        this.metrics = List.of(metrics);
        this.limit = limit;
        this.keptLabels = keptLabels;
    }

    static CounterTable of(int limit, Metric... metrics) {
        return new CounterTable(limit, 0, metrics);
    }

    /** Beyond the limit, the first label keeps its value: there is one series of others for each value of it. */
    static CounterTable keepingFirstLabel(int limit, Metric... metrics) {
        return new CounterTable(limit, 1, metrics);
    }

    /** @param amounts one for each metric, in the order of construction */
    void add(List<String> labels, double... amounts) {
        boolean own = totals.containsKey(labels) || totals.size() < limit;
        double[] total = totals.computeIfAbsent(own ? labels : others(labels), key -> new double[metrics.size()]);
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
        List<String> others = new ArrayList<>(labels.subList(0, keptLabels));
        others.addAll(Collections.nCopies(labels.size() - keptLabels, Limits.OTHERS));
        return List.copyOf(others);
    }
}
