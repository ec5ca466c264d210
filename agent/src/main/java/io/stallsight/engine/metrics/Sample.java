package io.stallsight.engine.metrics;

import java.util.List;

/**
 * One value of one series at one moment.
 *
 * @param labels label values, in the order of {@link Metric#labels()}
 */
public record Sample(Metric metric, List<String> labels, double value) {

    /** A metric with its label values: the identity of a sample over time. */
    public record Series(Metric metric, List<String> labels) {}

    public Series series() {
        return new Series(metric, labels);
    }
}
