package io.stallsight.engine.metrics;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Series of the latest sample of each pool, and its totals. Pools beyond the limit share a series. */
final class PoolMeters {

    private static final List<String> OTHERS = List.of(Limits.OTHERS, Limits.OTHERS);

    /** Sums since the pool got its slot. */
    private static final class Totals {
        long completed;
        long rejected;
        long exhaustions;
        long lastExhaustion;
    }

    private final LatestSamples<PoolSample> latest;
    private final SeriesSlots slots = new SeriesSlots(Limits.MAX_POOLS);
    private final Map<List<String>, Totals> totals = new HashMap<>();
    private final HistogramTable waits = new HistogramTable(Metric.POOL_QUEUE_WAIT, Limits.MAX_POOLS);

    PoolMeters(long interval) {
        latest = new LatestSamples<>(interval);
    }

    void add(PoolSample sample) {
        latest.put(List.of(sample.name(), sample.type()), sample, sample.time());
        List<String> labels = labels(sample.name(), sample.type());
        waits.add(labels, sample.waits());
        Totals of = totalsOf(labels);
        of.completed += sample.completed();
        of.rejected += sample.rejected();
    }

    void exhausted(PoolExhaustion exhaustion) {
        Totals of = totalsOf(labels(exhaustion.name(), exhaustion.type()));
        if (of.lastExhaustion != exhaustion.id()) {
            of.lastExhaustion = exhaustion.id();
            of.exhaustions++;
        }
    }

    void addTo(Samples samples, long now) {
        Set<String> present = new HashSet<>();
        latest.expire(now);
        latest.forEach(sample -> present.add(key(sample.name(), sample.type())));
        slots.release(pool -> !present.contains(pool));
        Predicate<List<String>> isGone =
                labels -> !labels.equals(OTHERS) && !present.contains(key(labels.get(0), labels.get(1)));
        totals.keySet().removeIf(isGone);
        waits.remove(isGone);
        latest.forEach(sample -> {
            List<String> labels = labels(sample.name(), sample.type());
            samples.add(Metric.POOL_ACTIVE, sample.active(), labels);
            samples.add(Metric.POOL_SIZE, sample.size(), labels);
            samples.add(Metric.POOL_MAX, sample.max(), labels);
            samples.add(Metric.POOL_QUEUED, sample.queued(), labels);
            samples.add(Metric.POOL_CAPACITY, sample.capacity(), labels);
            samples.add(Metric.POOL_SATURATION, sample.saturation(), labels);
            samples.add(Metric.POOL_OLDEST_TASK, sample.oldestTask() / Metrics.NANOS_PER_SECOND, labels);
            samples.add(Metric.POOL_QUEUE_WAIT_MAX, sample.waitMax() / Metrics.NANOS_PER_SECOND, labels);
        });
        waits.addTo(samples);
        totals.forEach((labels, total) -> {
            samples.add(Metric.POOL_COMPLETED, total.completed, labels);
            samples.add(Metric.POOL_REJECTED, total.rejected, labels);
            samples.add(Metric.POOL_EXHAUSTIONS, total.exhaustions, labels);
        });
    }

    private Totals totalsOf(List<String> labels) {
        return totals.computeIfAbsent(labels, fresh -> new Totals());
    }

    private List<String> labels(String name, String type) {
        return slots.claim(key(name, type)) ? List.of(name, type) : OTHERS;
    }

    private static String key(String name, String type) {
        return name + '\n' + type;
    }
}
