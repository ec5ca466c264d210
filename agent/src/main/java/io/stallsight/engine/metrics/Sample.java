package io.stallsight.engine.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of one metric with one set of labels at one moment.
 *
 * @param labels label values, in the order of {@link Metric#labels()}
 * @param value of a histogram, the number of all durations
 * @param buckets of a histogram; otherwise null
 */
public record Sample(
        Metric metric,
        List<String> labels,
        double value,
        @Nullable Buckets buckets) {

    Sample(Metric metric, List<String> labels, double value) {
        this(metric, labels, value, null);
    }
}
