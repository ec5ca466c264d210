package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sum of histograms since the series began. Not thread-safe. */
final class Cumulative {

    private final double[] counts = new double[Histogram.BOUNDS + 1];
    private final Map<Integer, Exemplar> exemplars = new TreeMap<>();
    private double sum;

    void add(Histogram histogram) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += histogram.count(i);
        }
        sum += histogram.sum();
    }

    void add(long nanos, Request request) {
        int bucket = Histogram.bucketOf(nanos);
        counts[bucket]++;
        sum += nanos;
        Exemplar exemplar = Exemplar.of(nanos, request);
        if (exemplar != null) {
            exemplars.put(bucket, exemplar);
        }
    }

    /**
     * Whole counts. The sum of those up to a bound is rounded down, and not each by itself: so no fraction is lost, and
     * no sum ever goes back.
     */
    Buckets buckets() {
        List<Long> whole = new ArrayList<>(counts.length);
        double all = 0;
        long before = 0;
        for (double count : counts) {
            all += count;
            whole.add((long) all - before);
            before = (long) all;
        }
        return new Buckets(whole, sum / Metrics.NANOS_PER_SECOND, List.copyOf(exemplars.values()));
    }
}
