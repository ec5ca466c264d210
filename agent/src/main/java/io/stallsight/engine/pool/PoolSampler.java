package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.reflect.Completions;
import io.stallsight.engine.reflect.RequestReader;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
 * {@value #SUSPICIOUS_MILLIS} ms, which costs no lock. A full pool whose oldest task ({@link WaitingLine}) has waited
 * for {@code threshold.pool} is exhausted ({@link Exhaustion}): the stacks of its workers are taken then, and never
 * before ({@link PoolAnalysis}).
 *
 * <p>A process that was stopped has not looked: of the time between two steps, half a threshold at the most counts as
 * time in which tasks waited for a worker. Otherwise each pool with a task in its queue would be exhausted afterwards.
 *
 * <p>What always holds: one thread does all that; a pool whose threads are event loops is reported as loops, not here;
 * an executor is held weakly. What is given up: a pool that is full between two looks for less than 100 ms is not
 * noticed, and the age of the oldest task is a lower bound. Of more than {@value #MANY} executors, those in which no
 * task waits are read once in {@value #SAMPLE_TURNS} intervals.
 */
public final class PoolSampler implements Sampler {

    private static final int SUSPICIOUS_MILLIS = 50;
    private static final long SUSPICIOUS = TimeUnit.MILLISECONDS.toNanos(SUSPICIOUS_MILLIS);

    /** Ten times a second: every second step, which may be a little early. */
    private static final long CHECK_PERIOD = TimeUnit.MILLISECONDS.toNanos(75);

    /** Pools that are looked at in one check. */
    private static final int MAX_LOOKED_AT = 200;

    /** Of more executors, those in which no task waits are read in turn: in one of so many samples and checks. */
    private static final int MANY = 200;

    private static final int SAMPLE_TURNS = 3;
    private static final int CHECK_TURNS = 30;

    private final FactListener listener;
    private final Pools pools;
    private final PoolMeasurement measurement = new PoolMeasurement();
    private final PoolAnalysis analysis;
    private final HolderAnalysis holders;
    private final PoolRequests poolRequests;

    /** As of the last sample. */
    private List<PoolGroup> groups = List.of();

    /** Those that were full when they were last read, or are exhausted. */
    private final Set<PoolGroup> followed = new LinkedHashSet<>();

    private final long maxStep;
    private long lastStep = System.nanoTime();
    private long lastCheck = lastStep;

    /** Whether nothing waited when the last step had ended. */
    private boolean rested;

    /** Time between steps that does not count, nanoseconds. */
    private long unseen;

    private int next;
    private boolean isMany;
    private long lastId;

    /** @param threshold how long a pool is full with tasks waiting before it is exhausted, nanoseconds */
    public PoolSampler(
            Catalog catalog,
            NonBlockingThreads nonBlocking,
            Stacks stacks,
            StackTaker taker,
            RequestReader requests,
            FactListener listener,
            long threshold) {
        Workers workers = new Workers(catalog.workers());
        this.pools = new Pools(catalog, workers, nonBlocking, threshold);
        WorkerStacks workerStacks = new WorkerStacks(workers, taker, stacks);
        this.poolRequests = new PoolRequests(requests);
        this.analysis = new PoolAnalysis(
                new FutureChains(new Completions(catalog.futures())), workerStacks, stacks, poolRequests);
        this.holders = new HolderAnalysis(workerStacks, stacks, poolRequests, threshold);
        this.listener = listener;
        this.maxStep = threshold / 2;
    }

    /** While no task waits, nothing can be full; the hook of the first task that waits wakes the sampling thread. */
    @Override
    public boolean rests() {
        rested = followed.isEmpty() && !anyTaskWaits();
        return rested;
    }

    private boolean anyTaskWaits() {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).holdsTask()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void sample(Interval interval) {
        long now = interval.end();
        awake(now);
        lastCheck = now;
        groups = pools.groups();
        isMany = pools.size() > MANY;
        for (PoolGroup group : groups) {
            group.read(now - unseen, isMany ? SAMPLE_TURNS : 1);
            PoolSample sample = measurement.of(group, now);
            if (sample != null) {
                listener.observed(sample);
            }
            if (group.isFull()) {
                followed.add(group);
            }
        }
        poolRequests.rest(now);
        followAll(now); // also a group that has ended, or turned out to be of event loops
    }

    @Override
    public void step(long now) {
        awake(now);
        if (now - lastCheck >= CHECK_PERIOD) {
            lastCheck = now;
            check(now);
        }
    }

    /** While this thread rested, no task waited: that time makes none older. */
    private void awake(long now) {
        unseen += rested ? 0 : Math.max(0, now - lastStep - maxStep);
        rested = false;
        lastStep = now;
    }

    /** Reads those pools that are followed, and some of those in which a task waits. */
    void check(long now) {
        followed.forEach(group -> group.read(now - unseen, checkTurns()));
        for (int i = Math.min(MAX_LOOKED_AT, groups.size()); i > 0; i--) {
            next = next + 1 < groups.size() ? next + 1 : 0;
            PoolGroup group = groups.get(next);
            if (isSuspicious(group, now) && !pools.isLoop(group) && followed.add(group)) {
                group.read(now - unseen, checkTurns());
            }
        }
        followAll(now);
    }

    private int checkTurns() {
        return isMany ? CHECK_TURNS : 1;
    }

    private void followAll(long now) {
        followed.removeIf(group -> {
            follow(group, now);
            return !group.isFull() && !group.exhaustion().isGoingOn();
        });
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

    private void follow(PoolGroup group, long now) {
        Exhaustion exhaustion = group.exhaustion();
        long clock = now - unseen;
        long age = group.age(now);
        group.followCpu(age, maxStep, now);
        switch (exhaustion.look(now, clock, age)) {
            case NOTHING -> {}
            case REPORT -> report(group, exhaustion, now);
            case END -> listener.observed(exhaustion.end());
        }
    }

    private void report(PoolGroup group, Exhaustion exhaustion, long now) {
        long id = exhaustion.id(lastId + 1);
        PoolExhaustion report =
                group.kind().isLent() ? holders.analyse(group, id, now) : analysis.analyse(group, id, now);
        if (report == null) {
            exhaustion.refuted(now);
            return;
        }
        lastId = Math.max(lastId, id);
        exhaustion.reported(report, now);
        listener.observed(report);
    }
}
