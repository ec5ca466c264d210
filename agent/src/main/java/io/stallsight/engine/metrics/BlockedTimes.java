package io.stallsight.engine.metrics;

import io.stallsight.engine.detect.Delivery;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.finding.Finding;
import io.stallsight.engine.finding.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Histograms of blocking calls by kind and loop group. The blocked thread counts its call itself, and never waits for a
 * reader. When the limit of series is reached, further ones share one.
 */
public final class BlockedTimes implements Output {

    private record Labels(String kind, String loopGroup) {

        static final Labels OTHERS = new Labels(Limits.OTHERS, Limits.OTHERS);

        static Labels of(BlockingCall call) {
            return new Labels(call.kind().name(), call.loopGroup());
        }
    }

    private static final class Durations {

        final AtomicLongArray counts = new AtomicLongArray(Histogram.BOUNDS + 1);
        final AtomicReferenceArray<@Nullable Exemplar> exemplars = new AtomicReferenceArray<>(Histogram.BOUNDS + 1);
        final LongAdder nanos = new LongAdder();

        void add(BlockingCall call) {
            int bucket = Histogram.bucketOf(call.nanos());
            counts.incrementAndGet(bucket);
            nanos.add(call.nanos());
            Exemplar exemplar = Exemplar.of(call.nanos(), call.request());
            if (exemplar != null) {
                exemplars.set(bucket, exemplar);
            }
        }

        Buckets buckets() {
            List<Long> copy = new ArrayList<>(counts.length());
            List<Exemplar> latest = new ArrayList<>();
            for (int i = 0; i < counts.length(); i++) {
                copy.add(counts.get(i));
                Exemplar exemplar = exemplars.get(i);
                if (exemplar != null) {
                    latest.add(exemplar);
                }
            }
            return new Buckets(copy, nanos.sum() / Metrics.NANOS_PER_SECOND, latest);
        }
    }

    private final Map<Labels, Durations> series = new ConcurrentHashMap<>();

    @Override
    public void rehearse(Finding finding, BlockingCall call) {
        series.get(Labels.of(call));
        new Durations().add(call);
    }

    @Override
    public void report(Finding finding, BlockingCall call, Delivery delivery) {
        Labels labels = Labels.of(call);
        Durations own = series.get(labels);
        if (own == null) {
            Labels free = series.size() < Limits.MAX_KINDS ? labels : Labels.OTHERS;
            own = series.computeIfAbsent(free, fresh -> new Durations());
        }
        own.add(call);
    }

    void addTo(Samples samples) {
        series.forEach((labels, durations) ->
                samples.add(Metric.BLOCKING_DURATION, durations.buckets(), List.of(labels.kind, labels.loopGroup)));
    }
}
