package io.stallsight.engine.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * Identity of one number over time: a metric, or a part of a histogram, with its label values.
 *
 * <p>The interfaces of Micrometer and OpenTelemetry take the durations of a histogram one by one. The agent has counted
 * them already, so there each histogram is a family of counters: one for each bucket, one for all, one for the sum.
 *
 * @param labels label values, in the order of {@link #labelNames}
 */
public record Series(Metric metric, Part part, List<String> labels) {

    /** What of a metric the number is. */
    public enum Part {
        /** All of it: the metric is no histogram. */
        WHOLE(""),

        /**
         * Durations up to the bound in label {@code le}, in seconds. The Java client of Prometheus cuts the ending
         * bucket off a name that is no histogram.
         */
        BUCKET(".buckets"),

        /** All durations. */
        COUNT(".count"),

        /** Sum of all durations. */
        SUM(".sum");

        private final String suffix;

        Part(String suffix) {
            this.suffix = suffix;
        }
    }

    /** A series with its value at one moment. */
    public record Value(Series series, double value) {}

    /** The parts of a metric that have series of their own. */
    public static List<Part> parts(Metric metric) {
        return metric.type() == Metric.Type.HISTOGRAM
                ? List.of(Part.BUCKET, Part.COUNT, Part.SUM)
                : List.of(Part.WHOLE);
    }

    /** Returns the sample as single numbers. */
    public static List<Value> of(Sample sample) {
        Metric metric = sample.metric();
        Buckets buckets = sample.buckets();
        if (buckets == null) {
            return List.of(new Value(new Series(metric, Part.WHOLE, sample.labels()), sample.value()));
        }
        List<Value> all = new ArrayList<>();
        long upToBound = 0;
        for (int i = 0; i < buckets.counts().size(); i++) {
            upToBound += buckets.counts().get(i);
            List<String> labels = new ArrayList<>(sample.labels());
            labels.add(i < Buckets.BOUNDS.size() ? Buckets.BOUNDS.get(i).toString() : "+Inf");
            all.add(new Value(new Series(metric, Part.BUCKET, List.copyOf(labels)), upToBound));
        }
        all.add(new Value(new Series(metric, Part.COUNT, sample.labels()), upToBound));
        all.add(new Value(new Series(metric, Part.SUM, sample.labels()), buckets.sum()));
        return all;
    }

    /** Name without the unit: {@code stallsight.loop.lag.buckets}. */
    public String name() {
        return metric.dottedName() + part.suffix;
    }

    /** Names of the labels: {@code loop.group}. */
    public List<String> labelNames() {
        if (part != Part.BUCKET) {
            return metric.labels();
        }
        List<String> names = new ArrayList<>(metric.labels());
        names.add("le");
        return names;
    }

    public boolean isCounter() {
        return part != Part.WHOLE || metric.type() == Metric.Type.COUNTER;
    }

    public Metric.Unit unit() {
        return part == Part.BUCKET || part == Part.COUNT ? Metric.Unit.NONE : metric.unit();
    }
}
