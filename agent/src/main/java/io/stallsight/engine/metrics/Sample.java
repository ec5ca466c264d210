package io.stallsight.engine.metrics;

import java.util.List;

/**
 * One number at one moment.
 *
 * @param labels values, in the order of {@link Metric#labels()}
 */
public record Sample(Metric metric, List<String> labels, double value) {

    /** What stays the same from one moment to the next. */
    public record Series(Metric metric, List<String> labels) {}

    public Series series() {
        return new Series(metric, labels);
    }
}
