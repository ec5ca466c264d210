package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Reports each pool once an interval, and a pool that is exhausted.
 *
 * <p>The problem: a pool's own counters say how many tasks wait, not for how long, and reading them takes the pool's
 * lock, which a busy pool needs itself. Between two samples an exhaustion of a second would come and go unseen.
 *
 * <p>The algorithm: once an interval every pool is read, and its numbers are reported together with the waits that the
 * hooks have measured on sampled tasks ({@code StallsightQueue}). A pool is <em>full</em> if all workers are busy while
 * tasks wait. Full pools are read again ten times a second; of all others only those whose sampled task has waited for
 * {@value #SUSPICIOUS_MILLIS} ms, which costs no lock. A pool that stays full, with a task that has waited all the
 * time, for {@code threshold.pool} is exhausted: the stacks of its workers are taken then, and never before
 * ({@link PoolAnalysis}).
 *
 * <p>What always holds: one thread does all that; a pool whose threads are event loops is reported as loops, not here;
 * an executor is held weakly. What is given up: a pool that is full between two looks for less than 100 ms is not
 * noticed, and the age of the oldest task is a lower bound, as one task at a time is timed.
 */
public final class PoolSampler implements Sampler {

    private static final int SUSPICIOUS_MILLIS = 50;
    private static final long SUSPICIOUS = TimeUnit.MILLISECONDS.toNanos(SUSPICIOUS_MILLIS);

    /** Ten times a second: every second step, which may be a little early. */
    private static final long CHECK_PERIOD = TimeUnit.MILLISECONDS.toNanos(75);

    /** Pools that are looked at in one check. */
    private static final int MAX_LOOKED_AT = 200;

    private final FactListener listener;
    private final Pools pools;
    private final PoolMeasurement measurement = new PoolMeasurement();
    private final PoolAnalysis analysis;
    private final long threshold;

    /** As of the last sample. */
    private List<PoolGroup> groups = List.of();

    /** Those that were full when they were last read. */
    private final List<PoolGroup> full = new ArrayList<>();

    private long lastCheck = System.nanoTime();
    private int next;
    private long lastId;

    /** @param threshold how long a pool is full with tasks waiting before it is exhausted, nanoseconds */
    public PoolSampler(
            Catalog catalog, NonBlockingThreads nonBlocking, Stacks stacks, FactListener listener, long threshold) {
        Workers workers = new Workers(catalog.workers());
        this.pools = new Pools(catalog, workers, nonBlocking);
        this.analysis = new PoolAnalysis(new FutureChains(catalog.futures()), workers, stacks);
        this.listener = listener;
        this.threshold = threshold;
    }

    @Override
    public void sample(Interval interval) {
        long now = interval.end();
        lastCheck = now;
        full.clear();
        groups = pools.groups();
        for (PoolGroup group : groups) {
            boolean isFull = group.read();
            long waiting = isFull ? group.oldest(now) : 0;
            PoolSample sample = measurement.of(group, now, waiting);
            if (sample != null) {
                listener.observed(sample);
            }
            if (isFull) {
                full.add(group);
                reportExhaustion(group, now, waiting);
            }
        }
    }

    @Override
    public void step(long now) {
        if (now - lastCheck >= CHECK_PERIOD) {
            lastCheck = now;
            check(now);
        }
    }

    /** Reads those pools that are full, and some of those in which a task waits. */
    void check(long now) {
        for (PoolGroup group : full) {
            if (group.isFull() && group.read()) {
                reportExhaustion(group, now, group.oldest(now));
            }
        }
        full.removeIf(group -> !group.isFull());
        for (int i = Math.min(MAX_LOOKED_AT, groups.size()); i > 0; i--) {
            next = next + 1 < groups.size() ? next + 1 : 0;
            PoolGroup group = groups.get(next);
            if (!group.isFull() && isSuspicious(group, now) && !pools.isLoop(group) && group.read()) {
                full.add(group);
                reportExhaustion(group, now, group.oldest(now));
            }
        }
    }

    /** Does not make garbage, as it runs ten times a second for many pools. */
    private static boolean isSuspicious(PoolGroup group, long now) {
        List<Pool> members = group.members();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).hasWaited(now, SUSPICIOUS)) {
                return true;
            }
        }
        return false;
    }

    private void reportExhaustion(PoolGroup group, long now, long oldest) {
        if (group.mustReport(now, oldest, threshold)) {
            long id = group.exhaustionId(lastId + 1);
            lastId = Math.max(lastId, id);
            PoolExhaustion exhaustion = analysis.analyse(group, id, now, oldest);
            if (exhaustion != null) {
                listener.observed(exhaustion);
            }
        }
    }
}
