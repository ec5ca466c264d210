package io.stallsight.engine.connection;

import io.stallsight.engine.fact.FanOut;
import io.stallsight.engine.fact.InFlight;
import io.stallsight.engine.memory.BoundedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one kind on one downstream: connections or requests. Counted by the threads that begin and end
 * them, read by the sampling thread.
 */
final class FlightCounter {

    /** Generated classes must not fill the heap: a site with nothing in flight makes room for the next one. */
    private static final int MAX_SITES = 100;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Downstream downstream;
    private final FanOut.Operation operation;
    private final int threshold;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger highWater = new AtomicInteger();
    private final LongAdder begun = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Opener unknown;
    private final BoundedMap<String, Opener> openers = new BoundedMap<>(MAX_SITES, Opener::inFlight, opener -> {});

    /** When a site last crossed the threshold, or was reported; 0 if none ever did. */
    private volatile long crossedAt;

    /** State of the sampling thread: of the last sample, and when and at how many begun the one before was. */
    private long lastBegun;

    private long lastFailed;
    private long lastAt;
    private long formerBegun;
    private long formerAt;

    /** @param now {@link System#nanoTime()} */
    FlightCounter(Downstream downstream, FanOut.Operation operation, int threshold, long now) {
        this.downstream = downstream;
        this.operation = operation;
        this.threshold = threshold;
        this.unknown = new Opener(this, threshold);
        this.lastAt = now;
        this.formerAt = now;
    }

    Downstream downstream() {
        return downstream;
    }

    FanOut.Operation operation() {
        return operation;
    }

    /** Counts one more in flight. */
    void began() {
        counted(inFlight.incrementAndGet());
    }

    /** Counts one more if there are some already, in which case the downstream cannot be forgotten meanwhile. */
    boolean beganBesideOthers() {
        int now = inFlight.updateAndGet(before -> before > 0 ? before + 1 : before);
        if (now > 0) {
            counted(now);
        }
        return now > 0;
    }

    private void counted(int now) {
        begun.increment();
        raise(peak, now);
        raise(highWater, now);
    }

    /** Mostly there is nothing to write, and the field stays in the caches of all threads. */
    private static void raise(AtomicInteger max, int now) {
        if (max.get() < now) {
            max.accumulateAndGet(now, Math::max);
        }
    }

    void ended() {
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

    /** The numbers of an interval that ends {@code now}. Called by the sampling thread. */
    InFlight sample(long now) {
        long begunNow = begun.sum();
        long failedNow = failed.sum();
        int inFlightNow = inFlight.get();
        int peakNow = Math.max(peak.getAndSet(inFlightNow), inFlightNow);
        InFlight sample =
                new InFlight(inFlightNow, peakNow, highWater.get(), begunNow - lastBegun, failedNow - lastFailed);
        formerBegun = lastBegun;
        formerAt = lastAt;
        lastBegun = begunNow;
        lastFailed = failedNow;
        lastAt = now;
        return sample;
    }

    /** Since the sample before the last, but at least over a second. Called by the sampling thread. */
    double perSecond(long now) {
        return (begun.sum() - formerBegun) / Math.max(1, (now - formerAt) / NANOS_PER_SECOND);
    }

    /** The number in flight. */
    int now() {
        return inFlight.get();
    }

    /** All that were begun since the downstream was first seen. */
    long begun() {
        return begun.sum();
    }

    /** A site has crossed the threshold, or is reported. */
    void crossed(long now) {
        crossedAt = now;
    }

    /** Whether a site has crossed the threshold, or was reported, in the last {@code nanos}. */
    boolean hasCrossed(long now, long nanos) {
        long last = crossedAt;
        return last != 0 && now - last < nanos;
    }

    int highWater() {
        return highWater.get();
    }
}
