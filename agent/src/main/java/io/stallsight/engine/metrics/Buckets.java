package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.Histogram;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The value of a histogram.
 *
 * @param counts durations in each bucket of {@link Histogram} since the series began; not summed up
 * @param sum of all durations, in seconds
 * @param exemplars the latest one of each bucket that has any
 */
public record Buckets(List<Long> counts, double sum, List<Exemplar> exemplars) {

    /** Upper bounds of all buckets but the last, in seconds. */
    public static final List<Double> BOUNDS = IntStream.range(0, Histogram.BOUNDS)
            .mapToObj(bucket -> Histogram.bound(bucket) / Metrics.NANOS_PER_SECOND)
            .toList();

    /** The number of all durations. */
    public long count() {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all;
    }
}
