package io.stallsight.engine.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the samples of one moment. Samples with equal labels are merged. Not thread-safe. */
final class Samples {

    /** Metric and labels of a sample. */
    private record Key(Metric metric, List<String> labels) {}

    private final Map<Key, Double> values = new HashMap<>();
    private final List<Sample> histograms = new ArrayList<>();

    /** Adds a value. A negative value means that it is unknown, and is left out. */
    void add(Metric metric, double value, String... labels) {
        add(metric, value, List.of(labels));
    }

    void add(Metric metric, long value, String... labels) {
        add(metric, (double) value, List.of(labels));
    }

    void add(Metric metric, long value, List<String> labels) {
        add(metric, (double) value, labels);
    }

    void add(Metric metric, double value, List<String> labels) {
        if (value >= 0) {
            values.merge(new Key(metric, labels), value, metric::merge);
        }
    }

    /** Adds a histogram. No other one of this metric has the same labels. */
    void add(Metric metric, Buckets buckets, List<String> labels) {
        histograms.add(new Sample(metric, labels, buckets.count(), buckets));
    }

    /** Returns all samples in the order of {@link Metric}. */
    List<Sample> list() {
        List<Sample> samples = new ArrayList<>(histograms);
        values.forEach((key, value) -> samples.add(new Sample(key.metric(), key.labels(), value)));
        samples.sort(Comparator.comparing(Sample::metric));
        return samples;
    }
}
