package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.LoopSample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The last sample of each loop. Those beyond the limit are told as one, which is as bad as the worst of them. */
final class LoopGauges {

    private final Recent<LoopSample> recent;
    private final Places places = new Places(Limits.LOOPS);

    LoopGauges(long interval) {
        recent = new Recent<>(interval);
    }

    void add(LoopSample sample, long now) {
        recent.put(sample.thread(), sample, now);
    }

    void addTo(Samples samples, long now) {
        recent.present(now);
        Set<String> names = new HashSet<>();
        recent.forEach(sample -> names.add(sample.name()));
        places.free(name -> !names.contains(name));
        recent.forEach(sample -> {
            boolean own = places.has(sample.name());
            String loop = own ? sample.name() : Limits.OTHERS;
            String group = own ? sample.loopGroup() : Limits.OTHERS;
            samples.add(Metric.LOOP_LAG, sample.lagP50() / Metrics.NANOS, loop, group, Quantiles.P50);
            samples.add(Metric.LOOP_LAG, sample.lagP90() / Metrics.NANOS, loop, group, Quantiles.P90);
            samples.add(Metric.LOOP_LAG, sample.lagP99() / Metrics.NANOS, loop, group, Quantiles.P99);
            samples.add(Metric.LOOP_LAG, sample.lagMax() / Metrics.NANOS, loop, group, Quantiles.MAX);
            List<String> labels = List.of(loop, group);
            samples.add(Metric.LOOP_UTILIZATION, sample.utilization(), labels);
            samples.add(Metric.LOOP_PENDING_TASKS, sample.pending(), labels);
            samples.add(Metric.LOOP_RUNNING, sample.runningFor() / Metrics.NANOS, labels);
        });
    }
}
