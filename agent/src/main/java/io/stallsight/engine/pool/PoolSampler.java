package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.loop.Lag;
import io.stallsight.engine.loop.Tally;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.reflect.References;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.watch.Interval;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.hook.StallsightQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pools among the executors that the hooks have met, tells once an interval what each does, and when one is
 * exhausted. Used by the sampling thread, since a pool's getters take its lock.
 */
public final class PoolSampler implements Sampler {

    /** A task that waits for longer makes its pool be looked at before the next interval. */
    private static final long SUSPICIOUS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Steps come every 50 ms, some of them a little early. */
    private static final long CHECK_PERIOD = TimeUnit.MILLISECONDS.toNanos(75);

    /** An exhaustion that goes on is told again. */
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(10);

    /** Pools that are looked at in one check. */
    private static final int LOOKED_AT = 200;

    /** Workers whose names are compared to find the pool's. */
    private static final int NAMES = 20;

    /** From a thread to the pool that it works for: what it runs may be wrapped by its factory, or by two. */
    private static final int MOST_STEPS = 6;

    /** Looked at for one thread, and for all. */
    private static final int MOST_OBJECTS = 300;

    private static final int MOST_SEARCHED_THREADS = 2_000;

    private final Catalog catalog;
    private final NonBlockingThreads nonBlocking;
    private final FactListener listener;
    private final Workers threadKinds;
    private final PoolAnalysis analysis;
    private final long threshold;
    private final IdentityHashMap<StallsightQueue, Pool> pools = new IdentityHashMap<>();
    private final Map<String, PoolGroup> groups = new HashMap<>();
    private final Tally waits = new Tally();
    private final Tally runs = new Tally();
    private final ClassValue<Reader> readers = new ClassValue<>() {
        @Override
        protected Reader computeValue(Class<?> type) {
            return new Reader(PoolReader.of(type, catalog.pools()));
        }
    };
    private final List<PoolGroup> order = new ArrayList<>();

    /** Those that were full when they were last looked at. */
    private final List<PoolGroup> hot = new ArrayList<>();

    private long lastCheck = System.nanoTime();
    private int cursor;
    private long lastId;
    private boolean scanned;

    private record Reader(@Nullable PoolReader reader) {}

    /** @param threshold how long a pool is full with tasks waiting before it is exhausted, nanoseconds */
    public PoolSampler(
            Catalog catalog, NonBlockingThreads nonBlocking, Stacks stacks, FactListener listener, long threshold) {
        this.catalog = catalog;
        this.nonBlocking = nonBlocking;
        this.listener = listener;
        this.threadKinds = new Workers(catalog.workers());
        this.analysis = new PoolAnalysis(new FutureChains(catalog.futures()), threadKinds, stacks);
        this.threshold = threshold;
    }

    @Override
    public void sample(Interval interval) {
        long now = interval.end();
        lastCheck = now;
        find();
        bound();
        hot.clear();
        order.clear();
        order.addAll(groups.values());
        for (PoolGroup group : order) {
            if (!isLoop(group)) {
                boolean full = group.look();
                long waiting = full ? group.oldest(now) : 0;
                tell(group, now, waiting);
                if (full) {
                    hot.add(group);
                    follow(group, now, waiting);
                }
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

    /** Looks at those pools that are full, and at some of those in which something waits. */
    void check(long now) {
        for (PoolGroup group : hot) {
            if (group.fullSince != 0 && group.look()) {
                follow(group, now, group.oldest(now));
            }
        }
        hot.removeIf(group -> group.fullSince == 0);
        for (int i = Math.min(LOOKED_AT, order.size()); i > 0; i--) {
            cursor = cursor + 1 < order.size() ? cursor + 1 : 0;
            PoolGroup group = order.get(cursor);
            if (group.fullSince == 0 && isSuspicious(group, now) && !isLoop(group) && group.look()) {
                hot.add(group);
                follow(group, now, group.oldest(now));
            }
        }
    }

    private static boolean isSuspicious(PoolGroup group, long now) {
        for (int i = 0; i < group.members.size(); i++) {
            if (group.members.get(i).queue.sampleAge(now) > SUSPICIOUS) {
                return true;
            }
        }
        return false;
    }

    private void follow(PoolGroup group, long now, long oldest) {
        if (now - group.fullSince < threshold || oldest < threshold || now < group.nextTelling) {
            return;
        }
        if (group.exhaustionId == 0) {
            group.exhaustionId = ++lastId;
        }
        group.nextTelling = now + AGAIN;
        PoolExhaustion exhaustion = analysis.analyse(group, now, oldest);
        if (exhaustion != null) {
            listener.observed(exhaustion);
        }
    }

    // ---- which pools there are

    private void find() {
        if (!scanned) {
            scanned = true;
            scan();
        }
        for (Pool pool : pools.values()) {
            pool.seen = false;
        }
        boolean anyGone = false;
        for (StallsightQueue queue : StallsightQueue.all()) {
            Object executor = queue.executor().get();
            if (executor == null) {
                anyGone = true;
                continue;
            }
            Pool pool = pools.get(queue);
            if (pool == null) {
                pool = new Pool(queue, readers.get(executor.getClass()).reader);
                pools.put(queue, pool);
            }
            pool.seen = true;
            if (pool.reader != null && !pool.reader.hasMembers() && pool.worker.get() == null) {
                name(pool, pool.reader, executor);
            }
        }
        for (Iterator<Pool> all = pools.values().iterator(); all.hasNext(); ) {
            Pool pool = all.next();
            if (!pool.seen) {
                all.remove();
                leave(pool);
            }
        }
        if (anyGone) {
            StallsightQueue.prune(false);
        }
    }

    /** Finds pools that were there before the agent, by their threads: one that is stuck never comes to a hook. */
    private void scan() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[2 * root.activeCount() + 50];
        int count = root.enumerate(threads);
        References references = new References();
        int searched = 0;
        for (int i = 0; i < count; i++) {
            Object maker = threadKinds.pool(threads[i]);
            if ((maker == null || !isPool(maker)) && searched++ < MOST_SEARCHED_THREADS) {
                maker = references.nearest(threads[i], this::isPool, MOST_STEPS, MOST_OBJECTS);
            }
            if (maker != null && isPool(maker)) {
                StallsightQueue.add(maker);
            }
        }
    }

    private boolean isPool(Object object) {
        return readers.get(object.getClass()).reader != null;
    }

    private void leave(Pool pool) {
        PoolGroup group = pool.group;
        if (group != null) {
            group.members.remove(pool);
            if (group.members.isEmpty()) {
                groups.remove(key(group.type, group.name));
            }
        }
    }

    /** A pool without a name has never had a thread when it was looked at. */
    private void name(Pool pool, PoolReader reader, Object executor) {
        List<Thread> workers = reader.workers(executor);
        if (workers.isEmpty()) {
            return;
        }
        pool.worker = new WeakReference<>(workers.get(0));
        if (pool.group != null) {
            return;
        }
        String told = threadKinds.poolName(workers.get(0));
        String name = told == null ? PoolName.of(workers.subList(0, Math.min(NAMES, workers.size()))) : told;
        String type = reader.title();
        PoolGroup group = groups.computeIfAbsent(key(type, name), fresh -> new PoolGroup(name, type));
        group.members.add(pool);
        pool.group = group;
    }

    private static String key(String type, String name) {
        return type + "\n" + name;
    }

    /** Asks those that bound the number of other executors. */
    private void bound() {
        for (Pool pool : pools.values()) {
            PoolReader reader = pool.reader;
            Object executor = pool.queue.executor().get();
            if (reader == null || !reader.hasMembers() || executor == null || !pool.read()) {
                continue;
            }
            String prefix = reader.members(executor);
            for (PoolGroup group : groups.values()) {
                if (group.type.equals(reader.title()) && prefix != null && group.name.startsWith(prefix)) {
                    group.bound = Math.max(group.bound, pool.reading.max);
                }
            }
        }
    }

    /** Event loops are told as loops. */
    private boolean isLoop(PoolGroup group) {
        for (Pool member : group.members) {
            Thread worker = member.worker.get();
            if (worker != null) {
                return nonBlocking.contains(worker);
            }
        }
        return false;
    }

    // ---- what they do

    /** @param waiting how long a task has waited at least, if the pool is full */
    private void tell(PoolGroup group, long now, long waiting) {
        waits.clear();
        runs.clear();
        long oldest = waiting;
        long completed = 0;
        long rejected = 0;
        int executors = 0;
        long active = Gauges.UNKNOWN;
        long size = Gauges.UNKNOWN;
        long max = Gauges.UNKNOWN;
        long queued = Gauges.UNKNOWN;
        long capacity = Gauges.UNKNOWN;
        for (Pool member : group.members) {
            PoolReading reading = member.reading;
            if (reading.size < 0 && reading.queued < 0) {
                continue; // over
            }
            executors++;
            active = sum(active, reading.active);
            size = sum(size, reading.size);
            max = sum(max, reading.max);
            queued = sum(queued, reading.queued);
            capacity = sum(capacity, reading.capacity);
            oldest = Math.max(oldest, member.oldest(now));
            completed += completedSinceLast(member);
            rejected += rejectedSinceLast(member);
            if (member.queue.taken() != member.taken) {
                member.taken = member.queue.taken();
                member.waits = waits.add(member.queue.waits(), member.waits);
                member.runs = runs.add(member.queue.runs(), member.runs);
                member.queue.sampleNext(); // at least one an interval
            }
        }
        if (executors == 0) {
            return;
        }
        max = Math.max(max, group.bound);
        Lag waited = Lag.ofWaits(waits.added(), oldest);
        boolean idle = waits.isEmpty() && oldest == 0;
        listener.observed(new PoolSample(
                now,
                group.name,
                group.type,
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
                active < 0 || max <= 0 ? Gauges.UNKNOWN : (double) active / max));
    }

    private static long completedSinceLast(Pool member) {
        long now = member.completedSoFar();
        long last = member.completed;
        member.completed = now;
        // of a pool that is older than the agent, only what the hooks have seen
        return last == Gauges.UNKNOWN ? Math.min(now, member.queue.taken()) : Math.max(0, now - last);
    }

    private static long rejectedSinceLast(Pool member) {
        boolean counts = member.reading.rejected >= 0;
        long now = counts ? member.reading.rejected : member.queue.rejected();
        long last = member.rejected != Gauges.UNKNOWN ? member.rejected : counts ? now : 0;
        member.rejected = now;
        return Math.max(0, now - last);
    }

    private static long sum(long a, long b) {
        return a < 0 ? b : b < 0 ? a : a + b;
    }
}
