package io.stallsight.engine.pool;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.stack.Stacks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the workers of an exhausted pool are doing, and what to do about it. Used by the sampling thread. */
final class PoolAnalysis {

    private static final int MAX_SITES = 5;

    /** Queued tasks that are looked at. */
    private static final int MAX_TASKS = 2_000;

    private final Stacks stacks;
    private final FutureChains chains;
    private final WorkerStacks workerStacks;
    private final FirstUses firstUses;
    private final PoolRequests requests;

    PoolAnalysis(FutureChains chains, WorkerStacks workerStacks, Stacks stacks, PoolRequests requests) {
        this.requests = requests;
        this.stacks = stacks;
        this.chains = chains;
        this.firstUses = new FirstUses(stacks);
        this.workerStacks = workerStacks;
    }

    /** Null if what looks like exhaustion is how the pool works. */
    @Nullable
    PoolExhaustion analyse(PoolGroup group, long id, long now) {
        long oldest = 0;
        long active = 0;
        long size = 0;
        long max = 0;
        long queued = 0;
        long capacity = Gauges.UNKNOWN;
        boolean splits = false;
        boolean prefersQueue = false;
        List<Thread> workers = new ArrayList<>();
        List<Object> waiting = new ArrayList<>();
        for (Pool member : group.full()) {
            PoolReader reader = member.reader();
            if (reader == null) {
                continue;
            }
            oldest = Math.max(oldest, member.oldest(now));
            active += Math.max(0, member.reading().active());
            size += Math.max(0, member.reading().size());
            max += Math.max(0, member.reading().max());
            queued += Math.max(0, member.reading().queued());
            capacity = Math.max(capacity, member.reading().capacity());
            splits |= reader.splitsTasks();
            prefersQueue |= reader.prefersQueue() && !group.isBounded();
            workers.addAll(member.threads());
            if (waiting.size() < MAX_TASKS) {
                waiting.addAll(member.waiting(MAX_TASKS - waiting.size()));
            }
        }
        max = group.max(max);
        List<WorkerStacks.Glimpse> glimpses = workerStacks.of(workers);
        if (glimpses.isEmpty() && !workers.isEmpty()) {
            return null; // they wait for work, or run event loops, which are not there for what is in the queue
        }
        if (group.maySleep(oldest) && glimpses.stream().allMatch(WorkerStacks.Glimpse::sleeps)) {
            return null; // a pool of one thread that takes its time between two tasks
        }
        if (firstUses.count(glimpses) > glimpses.size() / 2) {
            return null; // they load classes, as the first tasks of a service do
        }
        List<PoolExhaustion.Site> sites = sites(glimpses, splits);
        boolean allCompute = sites.stream().allMatch(site -> site.doing().equals(WorkerStacks.COMPUTING));
        if (splits && allCompute) {
            return null; // tasks that were split off wait for those that compute; a virtual thread's wait is a stall
        }
        int busy = glimpses.size();
        if (allCompute && group.cpu().areScarce(now)) {
            return null; // other processes have the CPUs
        }
        int ownTasks = waitingForOwnTasks(workers, waiting);
        boolean starved = ownTasks > 0 && ownTasks >= busy;
        return new PoolExhaustion(
                id,
                group.name(),
                group.type(),
                PoolKind.THREADS,
                group.exhaustion().start(),
                now - group.exhaustion().start(),
                active,
                size,
                max,
                queued,
                capacity,
                oldest,
                sites.subList(0, Math.min(MAX_SITES, sites.size())),
                List.of(),
                requests.ofThreads(workers),
                List.of(),
                ownTasks,
                busy,
                true,
                obstacle(starved, prefersQueue && size < max && (capacity < 0 || queued < capacity), sites));
    }

    private List<PoolExhaustion.Site> sites(List<WorkerStacks.Glimpse> glimpses, boolean split) {
        Map<String, PoolExhaustion.Site> byText = new LinkedHashMap<>();
        for (WorkerStacks.Glimpse glimpse : glimpses) {
            StackTraceElement frame = glimpse.stack().get(stacks.site(glimpse.stack()));
            PoolExhaustion.Site site = new PoolExhaustion.Site(
                    1,
                    frame,
                    split && glimpse.joins() ? WorkerStacks.COMPUTING : workerStacks.doing(glimpse),
                    glimpse.stack());
            byText.merge(
                    site.toString(),
                    site,
                    (one, other) -> new PoolExhaustion.Site(one.workers() + 1, one.frame(), one.doing(), one.stack()));
        }
        List<PoolExhaustion.Site> sites = new ArrayList<>(byText.values());
        sites.sort((a, b) -> b.workers() - a.workers());
        return sites;
    }

    /** Workers that wait for tasks in the queue, or for others that do. */
    private int waitingForOwnTasks(List<Thread> workers, List<Object> queued) {
        if (queued.isEmpty()) {
            return 0;
        }
        Set<Object> reachable = chains.reachable(queued);
        Set<Object> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(workers);
        int onQueued = 0;
        int onRunning = 0;
        for (Thread worker : workers) {
            Object blocker = LockSupport.getBlocker(worker);
            if (blocker != null) {
                if (reachable.contains(blocker)) {
                    onQueued++;
                } else {
                    Thread runner = chains.runner(blocker);
                    onRunning += runner != null && own.contains(runner) ? 1 : 0;
                }
            }
        }
        return onQueued == 0 ? 0 : onQueued + onRunning;
    }

    private static PoolObstacle obstacle(boolean starved, boolean stopsEarly, List<PoolExhaustion.Site> sites) {
        if (starved) {
            return PoolObstacle.OWN_TASKS;
        }
        if (stopsEarly) {
            return PoolObstacle.QUEUE_NOT_FULL;
        }
        return !sites.isEmpty() && sites.get(0).doing().equals(WorkerStacks.COMPUTING)
                ? PoolObstacle.COMPUTING
                : PoolObstacle.WAITING;
    }
}
