package io.stallsight.engine.metrics.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import io.stallsight.engine.metrics.Buckets;
import io.stallsight.engine.metrics.Metric;
import io.stallsight.engine.metrics.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts samples into the model of the Prometheus library. */
final class Snapshots {

    private static final String INFO = "_info";

    /** With the last one, which has no end. */
    private static final List<Double> BOUNDS = Stream.concat(
                    Buckets.BOUNDS.stream(), Stream.of(Double.POSITIVE_INFINITY))
            .toList();

    private Snapshots() {}

    static MetricSnapshots of(List<Sample> samples) {
        Map<Metric, List<Sample>> byMetric = new EnumMap<>(Metric.class);
        for (Sample sample : samples) {
            byMetric.computeIfAbsent(sample.metric(), fresh -> new ArrayList<>())
                    .add(sample);
        }
        List<MetricSnapshot> snapshots = new ArrayList<>(byMetric.size());
        byMetric.forEach((metric, all) -> snapshots.add(snapshot(metric, all)));
        return new MetricSnapshots(snapshots);
    }

    private static MetricSnapshot snapshot(Metric metric, List<Sample> samples) {
        MetricMetadata metadata = metadata(metric);
        String[] names = metric.labels().stream().map(Snapshots::underscored).toArray(String[]::new);
        return switch (metric.type()) {
            case GAUGE ->
                new GaugeSnapshot(
                        metadata,
                        samples.stream()
                                .map(sample -> new GaugeDataPointSnapshot(sample.value(), labels(names, sample), null))
                                .toList());
            case COUNTER ->
                new CounterSnapshot(
                        metadata,
                        samples.stream()
                                .map(sample ->
                                        new CounterDataPointSnapshot(sample.value(), labels(names, sample), null, 0L))
                                .toList());
            case HISTOGRAM ->
                new HistogramSnapshot(
                        metadata,
                        samples.stream().map(sample -> point(names, sample)).toList());
            case INFO ->
                new InfoSnapshot(
                        metadata,
                        samples.stream()
                                .map(sample -> new InfoDataPointSnapshot(labels(names, sample)))
                                .toList());
        };
    }

    private static HistogramDataPointSnapshot point(String[] names, Sample sample) {
        Buckets buckets = Objects.requireNonNull(sample.buckets());
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(BOUNDS, buckets.counts()),
                buckets.sum(),
                labels(names, sample),
                Exemplars.of(
                        buckets.exemplars().stream().map(Snapshots::exemplar).toList()),
                0L);
    }

    private static Exemplar exemplar(io.stallsight.engine.metrics.Exemplar of) {
        return Exemplar.builder()
                .value(of.seconds())
                .traceId(of.traceId())
                .spanId(of.spanId())
                .timestampMillis(of.at())
                .build();
    }

    /**
     * Name and unit: {@code stallsight_loop_lag_seconds}. The library itself appends {@code _total} and {@code _info}.
     */
    private static MetricMetadata metadata(Metric metric) {
        String name = underscored(metric.dottedName());
        String base = name.endsWith(INFO) ? name.substring(0, name.length() - INFO.length()) : name;
        Unit unit = unit(metric.unit());
        String full = unit == null ? base : base + "_" + unit;
        return unit == null
                ? new MetricMetadata(full, metric.help() + ".")
                : new MetricMetadata(full, metric.help() + ".", unit);
    }

    private static @Nullable Unit unit(Metric.Unit unit) {
        return switch (unit) {
            case NONE -> null;
            case SECONDS -> Unit.SECONDS;
            case RATIO -> Unit.RATIO;
        };
    }

    private static Labels labels(String[] names, Sample sample) {
        return Labels.of(names, sample.labels().toArray(String[]::new));
    }

    private static String underscored(String dotted) {
        return dotted.replace('.', '_');
    }
}
