package io.stallsight.engine.picture;

import io.stallsight.engine.fact.AgentCost;
import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.Lasting;
import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.fact.Notice;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.FindingKey;
import io.stallsight.engine.memory.BoundedMap;
import io.stallsight.engine.picture.series.Scale;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The facts of a picture, up to a maximum of each kind. Guarded by the picture. */
final class Store {

    static final int MAX_LOOPS = 256;
    static final int MAX_POOLS = 1_000;
    static final int MAX_DOWNSTREAMS = 200;
    static final int MAX_SITES = 500;
    static final int MAX_STALLS = 500;
    static final int MAX_NOTICES = 100;
    static final int MAX_EXHAUSTIONS = 100;

    /**
     * A fact, and when the picture took it last.
     *
     * @param at milliseconds since 1970
     */
    record Taken<F>(F fact, long at) {}

    final Histories<LoopHistory> loops;
    final Histories<PoolHistory> pools;
    final Histories<DownstreamHistory> downstreams;
    private final Scale scale;
    private final WallClock clock;
    private final BoundedMap<FindingKey, SiteHistory> sites =
            new BoundedMap<>(MAX_SITES, site -> site.durations().total(), site -> {});
    private final Map<Long, Taken<Stall>> stalls = new LinkedHashMap<>();
    private final Map<Long, Taken<PoolExhaustion>> exhaustions = new LinkedHashMap<>();
    private final Deque<Taken<Notice>> notices = new ArrayDeque<>();
    private final Evictions leftStalls = new Evictions();
    private final Evictions leftExhaustions = new Evictions();
    private final Evictions leftNotices = new Evictions();
    private Supplier<List<HookStatus>> hooks = List::of;
    private final HarmOfCalls harm = new HarmOfCalls();
    private @Nullable Supplier<AgentCost> cost;

    /**
     * @param kept milliseconds after which a loop, pool or downstream without a sample is forgotten
     * @param gone the same when the room is needed
     */
    Store(Scale scale, WallClock clock, long kept, long gone) {
        this.scale = scale;
        this.clock = clock;
        this.loops = new Histories<>(MAX_LOOPS, kept, gone);
        this.pools = new Histories<>(MAX_POOLS, kept, gone);
        this.downstreams = new Histories<>(MAX_DOWNSTREAMS, kept, gone);
    }

    void loop(LoopSample sample, long now) {
        LoopHistory loop = loops.at(sample.name(), () -> new LoopHistory(sample, scale));
        if (loop != null) {
            loop.add(clock.millis(sample.time()), sample);
        }
        harm.counted(sample, now);
    }

    void pool(PoolSample sample) {
        PoolHistory pool = pools.at(sample.name(), () -> new PoolHistory(sample, scale));
        if (pool != null) {
            pool.add(clock.millis(sample.time()), sample);
        }
    }

    void downstream(DownstreamSample sample) {
        DownstreamHistory downstream = downstreams.at(sample.name(), () -> new DownstreamHistory(sample, scale));
        if (downstream != null) {
            downstream.add(clock.millis(sample.time()), sample);
        }
    }

    void call(BlockingCall call, long now) {
        FindingKey key = FindingKey.of(call);
        long time = clock.millis(call.time());
        SiteHistory site = sites.get(key);
        if (site == null) {
            site = sites.putIfAbsent(key, new SiteHistory(key.fingerprint(), call, time, scale));
        }
        site.add(time, call);
        site.changed = now;
        harm.blocked(call, site);
    }

    void stall(Stall stall, long now) {
        put(stalls, stall.id(), stall, now, MAX_STALLS, leftStalls);
        StackTraceElement at = stall.site();
        String api = stall.api();
        SiteHistory site = at == null || api == null ? null : sites.get(FindingKey.of(api, at, stall.loopGroup()));
        if (site != null && !stall.ongoing()) {
            harm.stalled(stall, site, now);
        }
    }

    void exhausted(PoolExhaustion exhaustion, long now) {
        put(exhaustions, exhaustion.id(), exhaustion, now, MAX_EXHAUSTIONS, leftExhaustions);
    }

    /** A later fact with the same id replaces the former one, and is the newest. */
    private <F extends Lasting> void put(
            Map<Long, Taken<F>> into, long id, F fact, long now, int max, Evictions evictions) {
        into.remove(id);
        into.put(id, new Taken<>(fact, now));
        if (into.size() > max) {
            Iterator<Taken<F>> oldest = into.values().iterator();
            evictions.add(clock.millis(oldest.next().fact().time()));
            oldest.remove();
        }
    }

    void notice(Notice notice, long now) {
        if (notice instanceof SelfDeadlock deadlock) {
            notices.removeIf(taken -> taken.fact() instanceof SelfDeadlock former && former.isOfSameWait(deadlock));
        }
        notices.addFirst(new Taken<>(notice, now));
        if (notices.size() > MAX_NOTICES) {
            leftNotices.add(clock.millis(notices.removeLast().fact().shownAt()));
        }
    }

    void hooks(Supplier<List<HookStatus>> statuses) {
        hooks = statuses;
    }

    void cost(Supplier<AgentCost> ofAgent) {
        cost = ofAgent;
    }

    /** An interval has ended: forgets loops, pools and downstreams that have gone. */
    void intervalEnded(long now) {
        loops.intervalEnded(now);
        pools.intervalEnded(now);
        downstreams.intervalEnded(now);
    }

    void clear() {
        loops.clear();
        pools.clear();
        downstreams.clear();
        sites.clear();
        harm.clear();
        stalls.clear();
        exhaustions.clear();
        notices.clear();
        leftStalls.clear();
        leftExhaustions.clear();
        leftNotices.clear();
    }

    Collection<SiteHistory> sites() {
        return sites.values();
    }

    Collection<Taken<Stall>> stalls() {
        return stalls.values();
    }

    Collection<Taken<PoolExhaustion>> exhaustions() {
        return exhaustions.values();
    }

    /** Newest first. */
    Collection<Taken<Notice>> notices() {
        return notices;
    }

    /** Empty if nothing is known of them. */
    List<HookStatus> hooks() {
        return hooks.get();
    }

    @Nullable
    AgentCost cost() {
        return cost == null ? null : cost.get();
    }

    /** Sites that cost little, and had to make room for others. */
    long leftSites() {
        return sites.evictions();
    }

    /** Stalls that had to make room for newer ones, and ended after this time, milliseconds since 1970. */
    int leftStalls(long from) {
        return leftStalls.after(from);
    }

    /** The same of exhaustions. */
    int leftExhaustions(long from) {
        return leftExhaustions.after(from);
    }

    /** The same of notices. */
    int leftNotices(long from) {
        return leftNotices.after(from);
    }
}
