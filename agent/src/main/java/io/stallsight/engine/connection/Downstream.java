package io.stallsight.engine.connection;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.memory.BoundedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The connections to one remote address. Counted by the threads that connect, read by the sampling thread. */
final class Downstream {

    /** Generated classes must not fill the heap: a site without connections makes room for the next one. */
    private static final int MAX_SITES = 100;

    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final int threshold;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger highWater = new AtomicInteger();
    private final LongAdder connects = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Opener unknown;
    private final BoundedMap<String, Opener> openers = new BoundedMap<>(MAX_SITES, Opener::inFlight, opener -> {});

    /** State of the sampling thread: of the last sample, and when and at how many connects the one before was. */
    private long lastConnects;

    private long lastFailed;
    private boolean lastActive;
    private long lastAt;
    private long formerConnects;
    private long formerAt;
    private long activeAt;

    /** @param now {@link System#nanoTime()} */
    Downstream(String name, int threshold, long now) {
        this.name = name;
        this.threshold = threshold;
        this.unknown = new Opener(this, threshold);
        this.lastAt = now;
        this.formerAt = now;
        this.activeAt = now;
    }

    /** Host and port. */
    String name() {
        return name;
    }

    /** Counts one more in flight. */
    void opened() {
        counted(inFlight.incrementAndGet());
    }

    /** Counts one more if there are some already, in which case this downstream cannot be forgotten meanwhile. */
    boolean openedBesideOthers() {
        int now = inFlight.updateAndGet(before -> before > 0 ? before + 1 : before);
        if (now > 0) {
            counted(now);
        }
        return now > 0;
    }

    private void counted(int now) {
        connects.increment();
        peak.accumulateAndGet(now, Math::max);
        highWater.accumulateAndGet(now, Math::max);
    }

    void closed() {
        inFlight.decrementAndGet();
    }

    void failed() {
        failed.increment();
    }

    /** @param site class and method; null if it is not known */
    Opener opener(@Nullable String site) {
        if (site == null) {
            return unknown;
        }
        Opener known = openers.get(site);
        return known == null ? openers.putIfAbsent(site, new Opener(this, threshold)) : known;
    }

    /** The sample of an interval that ends {@code now}, or null if nothing happened. Called by the sampling thread. */
    @Nullable
    DownstreamSample sample(long now) {
        long connectsNow = connects.sum();
        long failedNow = failed.sum();
        int inFlightNow = inFlight.get();
        int peakNow = Math.max(peak.getAndSet(inFlightNow), inFlightNow);
        boolean active = peakNow > 0 || connectsNow != lastConnects || failedNow != lastFailed;
        DownstreamSample sample = active || lastActive
                ? new DownstreamSample(
                        now,
                        name,
                        inFlightNow,
                        peakNow,
                        highWater.get(),
                        connectsNow - lastConnects,
                        failedNow - lastFailed)
                : null;
        formerConnects = lastConnects;
        formerAt = lastAt;
        lastConnects = connectsNow;
        lastFailed = failedNow;
        lastAt = now;
        lastActive = active;
        activeAt = active ? now : activeAt;
        return sample;
    }

    /** Since the sample before the last, but at least over a second. Called by the sampling thread. */
    double connectsPerSecond(long now) {
        return (connects.sum() - formerConnects) / Math.max(1, (now - formerAt) / NANOS_PER_SECOND);
    }

    int highWater() {
        return highWater.get();
    }

    /** Nanoseconds since there was anything to report; 0 if there is. */
    long idleFor(long now) {
        return inFlight.get() > 0 ? 0 : now - activeAt;
    }
}
