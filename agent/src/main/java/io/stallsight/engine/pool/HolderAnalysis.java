package io.stallsight.engine.pool;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolKind;
import io.stallsight.engine.fact.PoolObstacle;
import io.stallsight.engine.reflect.Gauges;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.hook.StallsightLease;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has the connections, or permits, of an exhausted pool, what the holders do, and who waits. Used by the sampling
 * thread.
 *
 * <p><b>Problem.</b> The line that borrowed a connection is not always known: a stack for each borrow would cost more
 * than the borrow.
 *
 * <p><b>Algorithm.</b> A thread that has a connection mostly is still in the method that borrowed it, so the stack of
 * the thread, taken when the pool is dry, names the line. A thread that has ended cannot give back what it borrowed. A
 * thread that waits for other work, or does other work, has forgotten it, unless it handed it on. Their stacks say
 * nothing about the connection, so such a holder is named by the line of its borrow, if that one was looked for.
 *
 * <p><b>Given up.</b> Of a pool that lends hundreds of connections a second, some of those holders are named by their
 * thread only. A connection that was out before the agent came has an unknown holder, and so has one that the pool
 * prepares for a borrower that has not left it yet. The two look alike, so a pool with an unknown holder is reported
 * late.
 */
final class HolderAnalysis {

    private static final int MAX_SITES = 5;

    /** A pool that still opens connections, or tests them, may take this many thresholds. */
    private static final int OPENING = 10;

    /** As many thresholds may threads wait for permits whose holders sleep, as in a pool of one thread. */
    private static final int SLEEPING = 10;

    private final WorkerStacks threadStacks;
    private final Stacks stacks;
    private final FirstUses firstUses;
    private final PoolRequests requests;
    private final long threshold;

    /** What one group of leases has in common, and the longest time of them. */
    private record Group(PoolExhaustion.Site site, long nanos) {

        Group and(Group other) {
            PoolExhaustion.Site one = site;
            return new Group(
                    new PoolExhaustion.Site(one.workers() + 1, one.frame(), one.doing(), one.stack()),
                    Math.max(nanos, other.nanos));
        }

        PoolExhaustion.Site withTime() {
            return new PoolExhaustion.Site(site.workers(), site.frame(), time(site.doing(), nanos), site.stack());
        }

        private static String time(String doing, long nanos) {
            return (doing.isEmpty() ? "" : doing + ", ") + "for " + DurationText.of(nanos);
        }
    }

    HolderAnalysis(WorkerStacks threadStacks, Stacks stacks, PoolRequests requests, long threshold) {
        this.requests = requests;
        this.threadStacks = threadStacks;
        this.stacks = stacks;
        this.firstUses = new FirstUses(stacks);
        this.threshold = threshold;
    }

    /** Null if what looks like exhaustion is how the pool works. */
    @Nullable
    PoolExhaustion analyse(PoolGroup group, long id, long now) {
        LimitEvidence evidence = LimitEvidence.of(group);
        if (!evidence.guardsWork()) {
            return null;
        }
        boolean isLimit = group.kind() == PoolKind.PERMITS;
        long oldest = 0;
        long active = 0;
        long size = 0;
        long max = 0;
        long queued = 0;
        List<StallsightLease> holding = new ArrayList<>();
        List<StallsightLease> waiting = new ArrayList<>();
        for (Pool member : group.full()) {
            oldest = Math.max(oldest, member.oldest(now));
            active += Math.max(0, member.reading().active());
            size += Math.max(0, member.reading().size());
            max += Math.max(0, member.reading().max());
            queued += Math.max(0, member.reading().queued());
            for (StallsightLease lease : member.leases()) {
                (lease.isWaiting() ? waiting : holding).add(lease);
            }
        }
        boolean opens = size < max && !group.full().stream().allMatch(Pool::waitsOnlyWhenDry);
        // a borrower has a connection that the pool still prepares for it; a permit needs no preparation
        boolean handsOut = active > holding.size() && !isLimit;
        if ((opens || handsOut) && oldest < OPENING * threshold) {
            return null;
        }
        Set<Thread> waitingThreads = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.forEach(lease -> addIfKnown(lease, waitingThreads));
        List<WorkerStacks.@Nullable Glimpse> holders = glimpses(holding);
        List<WorkerStacks.Glimpse> seen = holders.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (!seen.isEmpty() && firstUses.count(seen) > seen.size() / 2) {
            return null; // they load classes, as the first requests of a service do
        }
        if (isLimit
                && !seen.isEmpty()
                && seen.stream().allMatch(WorkerStacks.Glimpse::sleeps)
                && oldest < SLEEPING * threshold) {
            return null; // they take their time, to limit a rate
        }
        int lost = 0;
        int own = 0;
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < holding.size(); i++) {
            StallsightLease lease = holding.get(i);
            WorkerStacks.Glimpse glimpse = holders.get(i);
            Thread thread = lease.thread();
            String whereabouts = whereabouts(lease, glimpse);
            boolean isWaiting = whereabouts == null && thread != null && waitingThreads.contains(thread);
            own += isWaiting ? 1 : 0;
            lost += whereabouts == null ? 0 : 1;
            PoolExhaustion.Site site = whereabouts == null
                    ? holder(lease, glimpse, isWaiting, group.kind())
                    : gone(lease, glimpse, whereabouts);
            groups.add(new Group(site, Math.max(0, now - lease.since()))); // it may have been lent meanwhile
        }
        if (lost > 0 && !evidence.showsLeaks()) {
            return null;
        }
        List<PoolExhaustion.Site> sites = merged(groups);
        int busy = (int) Math.max(active, holding.size());
        if (active > holding.size()) {
            sites.add(new PoolExhaustion.Site((int) active - holding.size(), null, "an unknown thread", List.of()));
        }
        return new PoolExhaustion(
                id,
                group.name(),
                group.type(),
                group.kind(),
                group.exhaustion().start(),
                now - group.exhaustion().start(),
                active,
                size,
                max,
                queued,
                Gauges.UNKNOWN,
                oldest,
                List.copyOf(sites.subList(0, Math.min(MAX_SITES, sites.size()))),
                waiters(waiting, now),
                requests.ofLeases(holding),
                requests.ofLeases(waiting),
                own,
                busy,
                true,
                obstacle(own >= busy, lost > 0, opens, seen));
    }

    private static void addIfKnown(StallsightLease lease, Set<Thread> threads) {
        Thread thread = lease.thread();
        if (thread != null) {
            threads.add(thread);
        }
    }

    /** One for each lease; null for a thread that has ended, or has no stack. */
    private List<WorkerStacks.@Nullable Glimpse> glimpses(List<StallsightLease> leases) {
        List<Thread> threads = new ArrayList<>();
        for (StallsightLease lease : leases) {
            Thread thread = lease.thread();
            if (thread != null) {
                threads.add(thread);
            }
        }
        List<WorkerStacks.@Nullable Glimpse> taken = threadStacks.ofEach(threads);
        List<WorkerStacks.@Nullable Glimpse> all = new ArrayList<>();
        int next = 0;
        for (StallsightLease lease : leases) {
            boolean isTaken = next < threads.size() && lease.thread() == threads.get(next);
            all.add(isTaken ? taken.get(next) : null);
            next += isTaken ? 1 : 0;
        }
        return all;
    }

    /** What the holder's thread does that has nothing to do with the connection any more; null if it may have. */
    private @Nullable String whereabouts(StallsightLease lease, WorkerStacks.@Nullable Glimpse glimpse) {
        Thread thread = lease.thread();
        if (thread == null || !thread.isAlive()) {
            return "has ended";
        }
        if (glimpse != null && stacks.isIdle(glimpse.stack())) {
            return "waits for work";
        }
        return lease.isOfEarlierTask() ? "does other work" : null;
    }

    /** A holder that has left its connection behind. */
    private static PoolExhaustion.Site gone(
            StallsightLease lease, WorkerStacks.@Nullable Glimpse glimpse, String whereabouts) {
        StackTraceElement line = lease.site();
        List<StackTraceElement> stack = glimpse == null ? List.of() : glimpse.stack();
        return line == null
                ? new PoolExhaustion.Site(
                        1, null, "a thread that " + whereabouts + " (" + lease.threadName() + ")", stack)
                : new PoolExhaustion.Site(1, line, "its thread " + whereabouts, List.of(line));
    }

    private PoolExhaustion.Site holder(
            StallsightLease lease, WorkerStacks.@Nullable Glimpse glimpse, boolean waitsForAnother, PoolKind kind) {
        if (glimpse == null) {
            return new PoolExhaustion.Site(1, null, "thread " + lease.threadName(), List.of());
        }
        return site(
                glimpse,
                waitsForAnother ? "waits for another " + kind.member() + " of it" : threadStacks.doing(glimpse));
    }

    private PoolExhaustion.Site site(WorkerStacks.Glimpse glimpse, String doing) {
        StackTraceElement frame = glimpse.stack().get(stacks.site(glimpse.stack()));
        return new PoolExhaustion.Site(1, frame, doing, glimpse.stack());
    }

    private List<PoolExhaustion.Site> waiters(List<StallsightLease> waiting, long now) {
        List<WorkerStacks.@Nullable Glimpse> glimpses = glimpses(waiting);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < waiting.size(); i++) {
            WorkerStacks.Glimpse glimpse = glimpses.get(i);
            if (glimpse != null) {
                groups.add(new Group(site(glimpse, ""), now - waiting.get(i).called()));
            }
        }
        List<PoolExhaustion.Site> sites = merged(groups);
        return List.copyOf(sites.subList(0, Math.min(MAX_SITES, sites.size())));
    }

    /** Those with the same line that do the same are one; the largest first. */
    private static List<PoolExhaustion.Site> merged(List<Group> groups) {
        Map<List<Object>, Group> byPlace = new LinkedHashMap<>();
        for (Group group : groups) {
            StackTraceElement frame = group.site.frame();
            byPlace.merge(List.of(frame == null ? "" : frame, group.site.doing()), group, Group::and);
        }
        List<PoolExhaustion.Site> sites = new ArrayList<>();
        byPlace.values().forEach(group -> sites.add(group.withTime()));
        sites.sort((a, b) -> b.workers() - a.workers());
        return sites;
    }

    private PoolObstacle obstacle(
            boolean isStarved, boolean isAnyLost, boolean opens, List<WorkerStacks.Glimpse> seen) {
        if (isStarved) {
            return PoolObstacle.OWN_TASKS;
        }
        if (isAnyLost) {
            return PoolObstacle.NOT_RETURNED;
        }
        if (opens) {
            return PoolObstacle.NOT_OPENED;
        }
        long computing = seen.stream()
                .filter(glimpse -> threadStacks.doing(glimpse).equals(WorkerStacks.COMPUTING))
                .count();
        return computing > seen.size() / 2 ? PoolObstacle.COMPUTING : PoolObstacle.WAITING;
    }
}
