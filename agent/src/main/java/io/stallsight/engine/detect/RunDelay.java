package io.stallsight.engine.detect;

import io.stallsight.api.Kind;
import io.stallsight.engine.thread.ThreadTimes;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a thread was ready and had no CPU, so that no line is blamed for an overloaded machine.
 *
 * <p><b>Problem.</b> A {@code println} of 5 us takes 4 ms if its thread loses the CPU in the middle. The kernel counts
 * how long a thread was ready without a CPU. A reading costs 10 us, too much for the beginning of each call.
 *
 * <p><b>Algorithm.</b> The end of a call that would be reported reads the number, and compares it with the last
 * reading, by the watching thread or by this one. The growth between them and the time between them say how much of it
 * was in the call, at least and at most. If the call minus the most is as long as the threshold, it blocked. If the
 * call minus the least is shorter, it did not. Otherwise it is in doubt. Then the call is not reported, and the next
 * calls of the same point are measured from their beginning, which leaves no doubt.
 *
 * <p><b>Invariants.</b> In doubt, a call that waits for another thread is reported, as it gives its CPU away; and so is
 * one of {@value #MAX_MILLIS_IN_DOUBT} ms or more, unless it had no CPU for at least half of its time. At threshold 0
 * nothing is read. Where the kernel has no such number, or its last reading is old, each call is reported.
 *
 * <p>The kernel counts a delay when it is over. So the growth since a reading may hold delay from before that reading,
 * if the thread was without a CPU just then. For a call that waits for another thread, all of it that was possible is
 * taken off; others are given the benefit of it.
 *
 * <p><b>Given up.</b> A shorter call that does I/O and blocks only once, shortly after its loop had no CPU, is not
 * reported.
 *
 * <p>Used by the thread itself, but for {@link #seen}.
 */
final class RunDelay {

    private static final int MAX_MILLIS_IN_DOUBT = 10;
    private static final long MAX_IN_DOUBT = TimeUnit.MILLISECONDS.toNanos(MAX_MILLIS_IN_DOUBT);

    /** Calls that wait for another thread or for a time, or that the application itself calls blocking. */
    private static final Set<Kind> WAITS = Collections.unmodifiableSet(
            EnumSet.of(Kind.SLEEP, Kind.JOIN, Kind.WAIT, Kind.LOCK, Kind.FUTURE, Kind.QUEUE, Kind.PARK, Kind.MARKED));

    /** The watching thread reads ten times as often, but may have no CPU itself. */
    private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(1);

    /** So many calls are measured from their beginning once one was in doubt. */
    private static final int MAX_MEASURED = 100;

    /** Between two such series: readings take at most a thousandth of the time. */
    private static final long SERIES_PERIOD = TimeUnit.SECONDS.toNanos(1);

    private static final int NO_POINT = 0;

    /**
     * The thread that reads may lose its CPU as well: the number is of some moment between two times. It lacks the
     * delay that goes on: the kernel adds that when the thread gets a CPU.
     *
     * @param from {@link System#nanoTime()}
     * @param delay nanoseconds without a CPU so far
     * @param runs how often the thread got a CPU so far
     * @param ranAt a time at or after which the thread had a CPU, so that a delay that goes on began after it
     */
    private record Reading(long from, long to, long delay, long runs, long ranAt) {}

    private final Supplier<@Nullable ThreadTimes> times;

    private final AtomicReference<@Nullable Reading> last;

    /** The calls of this point are measured from their beginning. */
    private int point = NO_POINT;

    private int left;
    private long seriesStart = System.nanoTime() - SERIES_PERIOD;

    /** At the beginning of the current call, if it is measured. */
    private @Nullable Reading atBegin;

    /** @param times the kernel's times of the thread; null where they are not known */
    RunDelay(Supplier<@Nullable ThreadTimes> times) {
        this.times = times;
        this.last = new AtomicReference<>(read());
    }

    /**
     * The times of the thread were read. By the watching thread.
     *
     * @param from {@link System#nanoTime()} before the reading
     */
    void seen(long from, ThreadTimes read) {
        Reading before = last.get();
        if (before == null || before.from - from <= 0) { // else the thread itself has read since
            long ranAt = before == null ? from : read.runs() == before.runs ? before.ranAt : before.from;
            Reading seen = new Reading(from, System.nanoTime(), read.delay(), read.runs(), ranAt);
            last.compareAndSet(before, seen);
        }
    }

    /** The times at this moment; null if they are not known. Any thread may ask. */
    @Nullable
    ThreadTimes now() {
        return times.get();
    }

    /** Whether {@link #begins} wants to know of the beginning of a call. */
    boolean isMeasuring() {
        return point != NO_POINT;
    }

    /** A call begins. */
    void begins(int newPoint) {
        atBegin = null;
        if (left <= 0) {
            point = NO_POINT;
        } else if (newPoint == point) {
            left--;
            atBegin = read();
        }
    }

    /**
     * Whether a call that has just ended would have been shorter than the threshold with a CPU at all times, or may be.
     *
     * @param itsPoint the woven point
     * @param start {@link System#nanoTime()} at its beginning
     * @param nanos its duration
     */
    boolean explains(int itsPoint, Kind kind, long start, long nanos, long threshold) {
        Reading measured = atBegin;
        atBegin = null;
        if (threshold <= 0) {
            return false;
        }
        Reading before = measured == null ? last.get() : measured;
        Reading after = read();
        last.set(after);
        if (before == null || after == null) {
            return false;
        }
        long growth = after.delay() - before.delay();
        boolean waits = WAITS.contains(kind);
        long early = Math.max(0, start - (waits ? before.ranAt() : before.from()));
        long late = Math.max(0, after.to() - start - nanos);
        long least = growth - early - late;
        long most = growth + Math.max(0, before.to() - start);
        if (nanos - most >= threshold) {
            point = measured == null ? point : NO_POINT;
            return false;
        }
        if (nanos - least < threshold || measured != null) {
            return true;
        }
        if (waits || (nanos < MAX_IN_DOUBT ? early > MAX_AGE : 2 * least < nanos)) {
            return false;
        }
        measureNext(itsPoint);
        return true;
    }

    private void measureNext(int itsPoint) {
        long now = System.nanoTime();
        if (now - seriesStart >= SERIES_PERIOD) {
            seriesStart = now;
            point = itsPoint;
            left = MAX_MEASURED;
        }
    }

    private @Nullable Reading read() {
        long from = System.nanoTime();
        ThreadTimes read;
        try {
            read = times.get();
        } catch (Throwable refused) { // BlockHound's own agent lets no file be read on this thread
            return null;
        }
        return read == null ? null : new Reading(from, System.nanoTime(), read.delay(), read.runs(), from);
    }
}
