package io.stallsight.engine.pool;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.memory.ClassMap;
import io.stallsight.engine.thread.Callee;
import io.stallsight.hook.StallsightLimit;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightQueues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pools there are: those among the executors that the hooks have met, by groups. A pool belongs to a group once
 * it has had a thread, whose name it gets. Used by the sampling thread.
 */
final class Pools {

    /** Workers whose names are compared to find the pool's. */
    private static final int MAX_COMPARED_NAMES = 20;

    private final NonBlockingThreads nonBlocking;
    private final Workers workers;
    private final IdentityHashMap<StallsightQueue, Pool> pools = new IdentityHashMap<>();
    private final Map<String, PoolGroup> groups = new HashMap<>();
    private final IdentityHashMap<Pool, PoolGroup> groupOf = new IdentityHashMap<>();
    private final ClassMap<Found> readers;
    private final List<PoolRule> rules;
    private final long threshold;
    private boolean searched;

    private record Found(@Nullable PoolReader reader) {}

    private static final Found NO_POOL = new Found(null);

    /** @param threshold of exhaustion, nanoseconds */
    Pools(Catalog catalog, Workers workers, NonBlockingThreads nonBlocking, long threshold) {
        this.threshold = threshold;
        this.workers = workers;
        this.nonBlocking = nonBlocking;
        this.rules = catalog.pools();
        this.readers = new ClassMap<>(type -> new Found(PoolReader.of(type, catalog)));
    }

    /** The number of executors. */
    int size() {
        return pools.size();
    }

    /** The groups as they are now, but for those of event loops, which are reported as loops. */
    List<PoolGroup> groups() {
        if (!searched) {
            searched = true;
            new PoolSearch(workers, this::isPool).find(StallsightQueues::add);
        }
        findByWorkers();
        find();
        bound();
        List<PoolGroup> all = new ArrayList<>(groups.values());
        all.removeIf(this::isLoop);
        return all;
    }

    /** Workers that change their role are known before their pool comes to a hook, if it ever does. */
    private void findByWorkers() {
        for (NonBlockingThreads.Entry entry : nonBlocking.all()) {
            Object pool = entry.changesRole() ? workers.pool(entry.thread()) : null;
            if (pool != null && isPool(pool)) {
                StallsightQueues.add(pool);
            }
        }
    }

    private void find() {
        Set<Pool> present = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean anyGone = false;
        long now = System.nanoTime();
        for (StallsightQueue queue : StallsightQueues.all()) {
            queue.loosen(now);
            Object executor = queue.executor().get();
            if (executor == null) {
                anyGone = true;
                continue;
            }
            Pool pool = pools.get(queue);
            if (pool == null) {
                StallsightLimit limit = queue.limit();
                pool = new Pool(queue, limit == null ? reader(executor) : new PermitReader(limit, rules));
                pools.put(queue, pool);
            }
            present.add(pool);
            PoolReader reader = pool.reader();
            if (reader != null && !reader.boundsOthers() && pool.worker() == null) {
                name(pool, reader);
            }
        }
        for (Iterator<Pool> all = pools.values().iterator(); all.hasNext(); ) {
            Pool pool = all.next();
            if (!present.contains(pool)) {
                all.remove();
                leave(pool);
            }
        }
        if (anyGone) {
            StallsightQueues.prune(false);
        }
    }

    private boolean isPool(Object object) {
        return reader(object) != null;
    }

    /** The class loader of the application may be asked for the classes that the object's class names. */
    private @Nullable PoolReader reader(Object object) {
        Class<?> type = object.getClass();
        return Callee.ofClass(type).call(object, () -> readers.get(type), NO_POOL).reader;
    }

    private void name(Pool pool, PoolReader reader) {
        List<Thread> threads = reader.kind() == PoolKind.THREADS ? pool.threads() : List.of();
        if (!threads.isEmpty()) {
            pool.rememberWorker(threads.get(0));
        }
        if (groupOf.containsKey(pool)) {
            return;
        }
        String own = pool.name();
        if (own == null && reader.kind().isLent()) {
            own = reader.title(); // its holders' names say nothing of it
        }
        if (own == null && threads.isEmpty()) {
            return;
        }
        String given = own == null ? workers.poolName(threads.get(0)) : own;
        String name =
                given == null ? PoolName.of(threads.subList(0, Math.min(MAX_COMPARED_NAMES, threads.size()))) : given;
        String type = reader.title();
        PoolGroup group =
                groups.computeIfAbsent(key(type, name), fresh -> new PoolGroup(name, type, reader.kind(), threshold));
        group.members().add(pool);
        pool.setName(name);
        groupOf.put(pool, group);
    }

    private void leave(Pool pool) {
        PoolGroup group = groupOf.remove(pool);
        if (group != null) {
            group.members().remove(pool);
            if (group.members().isEmpty()) {
                groups.remove(key(group.type(), group.name()));
            }
        }
    }

    private static String key(String type, String name) {
        return type + "\n" + name;
    }

    /** Reads those that bound the number of other executors. */
    private void bound() {
        for (Pool pool : pools.values()) {
            PoolReader reader = pool.reader();
            if (reader == null || !reader.boundsOthers() || !pool.read(System.nanoTime())) {
                continue;
            }
            String prefix = pool.namesOfOthers();
            for (PoolGroup group : groups.values()) {
                if (group.type().equals(reader.title())
                        && prefix != null
                        && group.name().startsWith(prefix)) {
                    group.boundBy(pool.reading().max());
                }
            }
        }
    }

    /**
     * Whether the group's threads are event loops, and nothing else at other moments. One of them is enough: threads of
     * one name and type do the same, and after a late attach a loop is known as one only from its next wait for work
     * on.
     */
    boolean isLoop(PoolGroup group) {
        for (Pool member : group.members()) {
            Thread worker = member.worker();
            if (worker != null && nonBlocking.isAlways(worker)) {
                return true;
            }
        }
        return false;
    }
}
