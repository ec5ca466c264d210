package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.LoopSample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Series of the latest sample of each loop. Loops beyond the limit share a series, which has their worst values. */
final class LoopGauges {

    private final LatestSamples<LoopSample> latest;
    private final SeriesSlots slots = new SeriesSlots(Limits.MAX_LOOPS);

    LoopGauges(long interval) {
        latest = new LatestSamples<>(interval);
    }

    void add(LoopSample sample) {
        latest.put(sample.threadId(), sample, sample.time());
    }

    void addTo(Samples samples, long now) {
        latest.expire(now);
        Set<String> names = new HashSet<>();
        latest.forEach(sample -> names.add(sample.name()));
        slots.release(name -> !names.contains(name));
        latest.forEach(sample -> {
            boolean own = slots.claim(sample.name());
            String loop = own ? sample.name() : Limits.OTHERS;
            String group = own ? sample.loopGroup() : Limits.OTHERS;
            samples.add(Metric.LOOP_LAG, sample.lagP50() / Metrics.NANOS_PER_SECOND, loop, group, Quantiles.P50);
            samples.add(Metric.LOOP_LAG, sample.lagP90() / Metrics.NANOS_PER_SECOND, loop, group, Quantiles.P90);
            samples.add(Metric.LOOP_LAG, sample.lagP99() / Metrics.NANOS_PER_SECOND, loop, group, Quantiles.P99);
            samples.add(Metric.LOOP_LAG, sample.lagMax() / Metrics.NANOS_PER_SECOND, loop, group, Quantiles.MAX);
            List<String> labels = List.of(loop, group);
            samples.add(Metric.LOOP_UTILIZATION, sample.utilization(), labels);
            samples.add(Metric.LOOP_PENDING_TASKS, sample.pending(), labels);
            samples.add(Metric.LOOP_RUNNING, sample.runningFor() / Metrics.NANOS_PER_SECOND, labels);
        });
    }
}
