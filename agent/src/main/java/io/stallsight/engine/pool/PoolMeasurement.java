package io.stallsight.engine.pool;

import io.stallsight.engine.fact.Histogram;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.lag.Arrivals;
import io.stallsight.engine.lag.Counts;
import io.stallsight.engine.lag.Lag;
import io.stallsight.engine.reflect.Gauges;
import org.jspecify.annotations.Nullable;

/** Sums up the members of a group to its sample of an interval. Used by the sampling thread, again and again. */
final class PoolMeasurement {

    private final Counts waits = new Counts();
    private final Counts runs = new Counts();

    /** The sample of an interval that ends {@code now}; null if no member is left. */
    @Nullable
    PoolSample of(PoolGroup group, long now) {
        waits.clear();
        runs.clear();
        long oldest = 0;
        long completed = 0;
        long rejected = 0;
        int executors = 0;
        long active = Gauges.UNKNOWN;
        long size = Gauges.UNKNOWN;
        long max = Gauges.UNKNOWN;
        long queued = Gauges.UNKNOWN;
        long capacity = Gauges.UNKNOWN;
        for (Pool member : group.members()) {
            PoolReading reading = member.reading();
            if (reading.isNothing()) {
                continue;
            }
            executors++;
            active = sum(active, reading.active());
            size = sum(size, reading.size());
            max = sum(max, reading.max());
            queued = sum(queued, reading.queued());
            capacity = sum(capacity, reading.capacity());
            if (member.isLeftOut()) {
                continue; // its counters come with its next reading
            }
            oldest = Math.max(oldest, member.oldest(now));
            completed += member.completedSinceLast();
            rejected += member.rejectedSinceLast();
            member.addTo(waits, runs);
        }
        if (executors == 0) {
            return null;
        }
        max = group.max(max);
        Lag waited = Lag.ofWaits(waits, oldest);
        boolean idle = waits.isEmpty() && oldest == 0;
        return new PoolSample(
                now,
                group.name(),
                group.type(),
                group.kind(),
                executors,
                active,
                size,
                max,
                queued,
                capacity,
                idle ? 0 : waited.quantile(0.5),
                idle ? 0 : waited.quantile(0.99),
                idle ? 0 : waited.max(),
                oldest,
                runs.quantile(0.5),
                runs.quantile(0.99),
                runs.quantile(1),
                completed,
                rejected,
                active < 0 || max <= 0 ? Gauges.UNKNOWN : (double) active / max,
                histogram(group.kind()));
    }

    /** Each borrow of a connection or permit is measured, but not each task. */
    private Histogram histogram(PoolKind kind) {
        if (waits.isEmpty()) {
            return Histogram.EMPTY;
        }
        return kind.isLent() ? Arrivals.ofAll(waits) : Arrivals.ofSampled(waits);
    }

    /** An unknown number counts nothing beside a known one. */
    private static long sum(long a, long b) {
        return a < 0 ? b : b < 0 ? a : a + b;
    }
}
