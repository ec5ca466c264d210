package io.stallsight.engine.picture;

import io.stallsight.engine.fact.AgentCost;
import io.stallsight.engine.fact.HookStatus;
import io.stallsight.engine.fact.Lasting;
import io.stallsight.engine.fact.Notice;
import io.stallsight.engine.fact.ObservedJvm;
import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.Stall;
import io.stallsight.engine.finding.FindingKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The part of a picture that a query selects, in the order in which it is shown. Valid only inside of
 * {@link Picture#view}.
 */
public final class View {

    private final Store store;
    private final WallClock clock;
    private final ObservedJvm process;
    private final Range range;
    private final List<HookStatus> hooks;

    View(Store store, WallClock clock, ObservedJvm process, Range range) {
        this.store = store;
        this.clock = clock;
        this.process = process;
        this.range = range;
        hooks = store.hooks();
    }

    Range range() {
        return range;
    }

    public ObservedJvm process() {
        return process;
    }

    /** Whether the JVM runs; a recording's last state is not its present one. */
    public boolean isLive() {
        return range.isLive();
    }

    /** When the shown part begins, milliseconds since 1970. */
    public long from() {
        return range.first() * range.step();
    }

    /** Up to which the picture goes, milliseconds since 1970. */
    public long now() {
        return range.now();
    }

    /** A fact's time as milliseconds since 1970. */
    public long millis(long nanos) {
        return clock.millis(nanos);
    }

    /** When it began, milliseconds since 1970. */
    public long start(Lasting fact) {
        return clock.millis(fact.start());
    }

    /** Until when it is known to have gone on, milliseconds since 1970. */
    public long end(Lasting fact) {
        return clock.millis(fact.time());
    }

    /** Of the finding that the stall's call belongs to; null if no blocking call is its cause. */
    public static @Nullable String fingerprint(Stall stall) {
        StackTraceElement site = stall.site();
        String api = stall.api();
        return site == null || api == null
                ? null
                : FindingKey.of(api, site, stall.loopGroup()).fingerprint();
    }

    public Verdict verdict() {
        return Verdict.of(this);
    }

    /**
     * Whether there is something to change in the application: a blocking call, a stall whose line is known, an
     * exhausted pool, a notice. A loop that was late because the machine was busy is none.
     */
    public boolean blames() {
        return !findingsOfRange().isEmpty()
                || stallsOfRange().stream()
                        .anyMatch(stall -> stall.site() != null && stall.cause().hasSite())
                || pools().stream().anyMatch(pool -> exhaustionOf(pool.last().name()) != null)
                || !OtherTroubles.notices(this).isEmpty();
    }

    /** By group, then by name. */
    public List<LoopHistory> loops() {
        List<LoopHistory> all = ofRange(store.loops.all());
        all.sort(Comparator.comparing((LoopHistory loop) -> loop.last().loopGroup())
                .thenComparing(loop -> loop.last().name(), NumbersAware.ORDER));
        return all;
    }

    public LoopState state(LoopHistory loop) {
        return LoopState.of(this, loop);
    }

    /** The largest lag of the loop in the shown part, nanoseconds; -1 if none is known. */
    public double maxLag(LoopHistory loop) {
        return range.max(loop.lagMax, range.first());
    }

    /** The largest 99th percentile of the lag in the shown part, nanoseconds; -1 if none is known. */
    public double maxLagP99(LoopHistory loop) {
        return range.max(loop.lagP99, range.first());
    }

    /** The fullest first. */
    public List<PoolHistory> pools() {
        List<PoolHistory> all = ofRange(store.pools.all());
        all.sort(Comparator.comparing((PoolHistory pool) -> state(pool))
                .reversed()
                .thenComparing(pool -> -pool.last().saturation())
                .thenComparing(pool -> pool.last().name(), NumbersAware.ORDER));
        return all;
    }

    public PoolState state(PoolHistory pool) {
        return PoolState.of(this, pool);
    }

    /** Those with the most connections first. */
    public List<DownstreamHistory> downstreams() {
        List<DownstreamHistory> all = ofRange(store.downstreams.all());
        all.sort(Comparator.comparingInt((DownstreamHistory each) -> -each.inFlight())
                .thenComparing(each -> each.last().name()));
        return all;
    }

    /** By harm, then by time taken. */
    public List<SiteHistory> findings() {
        List<SiteHistory> all = findingsOfRange();
        all.removeIf(site -> site.changed < range.since());
        all.sort(Comparator.comparingDouble((SiteHistory site) -> -site.harm())
                .thenComparing(site -> -site.durations().total()));
        return all;
    }

    /** Newest first. */
    public List<Stall> stalls() {
        List<Stall> all = changed(store.stalls(), this::end);
        all.sort(Comparator.comparingLong((Stall stall) -> stall.start()).reversed());
        return all;
    }

    /** Newest first. */
    public List<PoolExhaustion> exhaustions() {
        List<PoolExhaustion> all = changed(store.exhaustions(), this::end);
        all.sort(Comparator.comparingLong((PoolExhaustion each) -> each.start()).reversed());
        return all;
    }

    /** Newest first. */
    public List<Notice> notices() {
        return changed(store.notices(), this::shownAt);
    }

    /** Milliseconds since 1970. */
    public long shownAt(Notice notice) {
        return clock.millis(notice.shownAt());
    }

    /** How much detail the user has chosen for text that may hold data of users. */
    public Shape shape() {
        return Shape.of(process.detail());
    }

    /** Empty if nothing is known of them. */
    List<HookStatus> hooks() {
        return hooks;
    }

    @Nullable
    AgentCost cost() {
        return store.cost();
    }

    long leftFindings() {
        return store.leftSites();
    }

    public int leftStalls() {
        return store.leftStalls(range.from());
    }

    public int leftExhaustions() {
        return store.leftExhaustions(range.from());
    }

    public int leftNotices() {
        return store.leftNotices(range.from());
    }

    public int leftLoops() {
        return store.loops.leftOut();
    }

    public int leftPools() {
        return store.pools.leftOut();
    }

    public int leftDownstreams() {
        return store.downstreams.leftOut();
    }

    // A query for changes has the verdict of its whole range, so these take no heed of "since".

    List<LoopHistory> loopsOfRange() {
        return ofRange(store.loops.all());
    }

    List<SiteHistory> findingsOfRange() {
        return ofRange(store.sites());
    }

    boolean hasFinding(String fingerprint) {
        return findingsOfRange().stream().anyMatch(site -> site.fingerprint().equals(fingerprint));
    }

    List<Stall> stallsOfRange() {
        return ofRange(store.stalls(), this::end, 0);
    }

    /** Whether the thread has a stall in the shown part. */
    boolean wasLate(String thread) {
        return stallsOfRange().stream().anyMatch(stall -> stall.threadName().equals(thread));
    }

    List<Notice> noticesOfRange() {
        return ofRange(store.notices(), this::shownAt, 0);
    }

    /** The last exhaustion of a pool; null if there was none. */
    @Nullable
    PoolExhaustion exhaustionOf(String pool) {
        PoolExhaustion last = null;
        for (PoolExhaustion each : ofRange(store.exhaustions(), this::end, 0)) {
            if (each.name().equals(pool) && (last == null || each.time() >= last.time())) {
                last = each;
            }
        }
        return last;
    }

    /** Whether its thread or pool has ended, or its connections: no sample has come lately. */
    boolean isGone(History history) {
        return history.lastSeen < range.goneBefore();
    }

    /**
     * Also for a query for changes, as its reader drops the loops that it does not have. The newest fact of a picture
     * is often a stall that is younger than each loop's last sample: loops that have a sample since then may be none.
     */
    private <H extends History> List<H> ofRange(Collection<H> histories) {
        List<H> all = new ArrayList<>(histories);
        all.removeIf(history -> history.lastSeen < range.from());
        return all;
    }

    private <F> List<F> changed(Collection<Store.Taken<F>> taken, ToLongFunction<F> shown) {
        return ofRange(taken, shown, range.since());
    }

    private <F> List<F> ofRange(Collection<Store.Taken<F>> taken, ToLongFunction<F> shown, long since) {
        List<F> facts = new ArrayList<>();
        for (Store.Taken<F> each : taken) {
            if (each.at() >= since && shown.applyAsLong(each.fact()) >= range.from()) {
                facts.add(each.fact());
            }
        }
        return facts;
    }
}
