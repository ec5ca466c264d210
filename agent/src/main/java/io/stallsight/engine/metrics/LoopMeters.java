package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.LoopSample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Series of each loop: histograms, and its latest sample. Loops beyond the limit share a series. */
final class LoopMeters {

    private static final List<String> OTHERS = List.of(Limits.OTHERS, Limits.OTHERS);

    private final LatestSamples<LoopSample> latest;
    private final SeriesSlots slots = new SeriesSlots(Limits.MAX_LOOPS);
    private final HistogramTable lags = new HistogramTable(Metric.LOOP_LAG, Limits.MAX_LOOPS);
    private final HistogramTable ticks = new HistogramTable(Metric.LOOP_TICK, Limits.MAX_LOOPS);

    LoopMeters(long interval) {
        latest = new LatestSamples<>(interval);
    }

    void add(LoopSample sample) {
        latest.put(sample.threadId(), sample, sample.time());
        List<String> labels = labels(sample);
        lags.add(labels, sample.lags());
        if (sample.ticks() >= 0) {
            ticks.add(labels, sample.tickDurations());
        }
    }

    void addTo(Samples samples, long now) {
        latest.expire(now);
        Set<String> names = new HashSet<>();
        latest.forEach(sample -> names.add(sample.name()));
        slots.release(name -> !names.contains(name));
        lags.remove(labels -> isGone(labels, names));
        ticks.remove(labels -> isGone(labels, names));
        latest.forEach(sample -> {
            List<String> labels = labels(sample);
            samples.add(Metric.LOOP_LAG_MAX, sample.lagMax() / Metrics.NANOS_PER_SECOND, labels);
            samples.add(Metric.LOOP_UTILIZATION, sample.utilization(), labels);
            samples.add(Metric.LOOP_PENDING_TASKS, sample.pending(), labels);
            samples.add(Metric.LOOP_RUNNING, sample.runningFor() / Metrics.NANOS_PER_SECOND, labels);
        });
        lags.addTo(samples);
        ticks.addTo(samples);
    }

    private static boolean isGone(List<String> labels, Set<String> names) {
        return !labels.equals(OTHERS) && !names.contains(labels.get(0));
    }

    private List<String> labels(LoopSample sample) {
        return slots.claim(sample.name()) ? List.of(sample.name(), sample.loopGroup()) : OTHERS;
    }
}
