package io.stallsight.engine.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the samples of one moment. Samples with equal labels are merged. Not thread-safe. */
final class Samples {

    private final Map<Sample.Series, Double> values = new HashMap<>();

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
            values.merge(new Sample.Series(metric, labels), value, metric::merge);
        }
    }

    /** Returns all samples in the order of {@link Metric}. */
    List<Sample> list() {
        List<Sample> samples = new ArrayList<>(values.size());
        values.forEach((series, value) -> samples.add(new Sample(series.metric(), series.labels(), value)));
        samples.sort(Comparator.comparing(Sample::metric));
        return samples;
    }
}
