package io.stallsight.engine.stall;

import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.text.Glob;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times in which nothing of the JVM ran: garbage collections, other safepoints, and stops of the whole process.
 *
 * <p><b>Problem.</b> A stall must not blame code for such a time. But the JVM has no list of its pauses, only counters
 * that grow, and the thread that reads them stands still in the same pauses.
 *
 * <p><b>Algorithm.</b> At each look the watching thread reads three numbers and keeps their growth since the last look
 * in a ring: collection time of the collector beans that measure pauses, HotSpot's safepoint time
 * ({@code sun.management.HotspotRuntimeMBean}, milliseconds, collections included), and its own gap. The gap is the
 * part of a late look that neither its planned sleep, its CPU time, its time on the run queue nor a safepoint explains.
 * It counts only as far as another thread of the agent was silent too ({@link Heartbeats}). The sum over a window adds
 * the looks that overlap with it.
 *
 * <p><b>Invariants.</b> One thread writes and reads. The three numbers are read again if a pause came between the
 * readings. A look holds no more pauses than its own length: the JVM counts a safepoint a moment late, so the excess
 * moves back, at most {@value #MAX_LOOKS_BACK} looks.
 *
 * <p><b>Given up.</b> A pause has no exact place inside its look of about 5 ms; a look that is partly in a window
 * counts as a whole, up to the overlap. Pauses that are older than the ring are forgotten.
 */
final class Pauses {

    /** 40 s of looks. */
    private static final int LOOKS = 4_096;

    private static final long MILLI = 1_000_000L;

    /** A later wake-up is a gap. */
    static final long USUAL_DELAY = 3 * MILLI;

    private static final int MAX_TRIES = 3;

    /** The JVM counts a pause at most this many looks late. */
    private static final int MAX_LOOKS_BACK = 4;

    /**
     * Nanoseconds of a window.
     *
     * @param gap the whole process stood still for another reason: a signal or a debugger stopped it
     */
    record Sum(long gc, long safepoint, long gap) {

        static final Sum NONE = new Sum(0, 0, 0);

        long total() {
            return gc + safepoint + gap;
        }

        Sum plus(Sum other) {
            return new Sum(gc + other.gc, safepoint + other.safepoint, gap + other.gap);
        }

        Sum minus(Sum other) {
            return new Sum(
                    Math.max(0, gc - other.gc), Math.max(0, safepoint - other.safepoint), Math.max(0, gap - other.gap));
        }
    }

    /** A look begins at the end of the one before it. */
    private final long[] ends = new long[LOOKS];

    private final long[] gcs = new long[LOOKS];
    private final long[] safepoints = new long[LOOKS];
    private final long[] gaps = new long[LOOKS];
    private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();
    private final @Nullable Object runtimeBean;
    private final @Nullable Method safepointTime;
    private final Heartbeats others;
    private final ThreadTimes.@Nullable Reader ownTimes = ThreadTimes.Reader.of(ThreadTimes.currentNativeId());
    private @Nullable ThreadTimes lastOwn;
    private Sum latest = Sum.NONE;
    private long looks;
    private long lastLook;
    private long lastGc;
    private long lastSafepoint;

    /**
     * @param others beats of another thread of the agent
     * @param concurrent names of collector beans that measure concurrent work
     */
    Pauses(Heartbeats others, List<Glob> concurrent) {
        this.others = others;
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (concurrent.stream().noneMatch(glob -> glob.matches(bean.getName()))) {
                collectors.add(bean);
            }
        }
        Object bean = null;
        Method method = null;
        try {
            Class<?> helper = Class.forName("sun.management.ManagementFactoryHelper");
            bean = helper.getMethod("getHotspotRuntimeMBean").invoke(null);
            method = Class.forName("sun.management.HotspotRuntimeMBean").getMethod("getTotalSafepointTime");
            method.trySetAccessible(); // else each call looks for its caller
        } catch (ReflectiveOperationException | RuntimeException notHotSpot) {
            bean = null;
        }
        runtimeBean = bean;
        safepointTime = bean == null ? null : method;
        lastGc = gcMillis();
        lastSafepoint = safepointMillis();
        lastOwn = ownTimes == null ? null : ownTimes.read();
    }

    void close() {
        if (ownTimes != null) {
            ownTimes.close();
        }
    }

    /**
     * One look of the watching thread.
     *
     * @param due the time at which it should have been woken
     * @return the time up to which all pauses are known
     */
    long look(long due) {
        long gc;
        long safepoint;
        ThreadTimes own;
        long before;
        long after = System.nanoTime();
        int tries = 0;
        do { // a pause between the readings would be in some of them and not in others
            before = after;
            gc = gcMillis();
            safepoint = safepointMillis();
            own = ownTimes == null ? null : ownTimes.read();
            after = System.nanoTime();
        } while (++tries < MAX_TRIES && after - before > MILLI);
        if (looks > 0) {
            long collected = (gc - lastGc) * MILLI;
            long stopped = Math.max((safepoint - lastSafepoint) * MILLI, collected);
            long gap = gap(after, due, own, stopped);
            add(after, collected, stopped, gap);
            latest = new Sum(collected, stopped - collected, gap);
        } else {
            ends[0] = after;
        }
        looks++;
        lastLook = after;
        lastGc = gc;
        lastSafepoint = safepoint;
        lastOwn = own;
        return after;
    }

    /**
     * The unexplained part of the time since the last look. This thread neither slept as planned, nor was on a CPU or
     * ready for one (that says nothing about other threads), the JVM was not at a safepoint, and no other thread of the
     * agent went on.
     */
    private long gap(long now, long due, @Nullable ThreadTimes own, long stopped) {
        ThreadTimes last = lastOwn;
        long gap = own == null || last == null
                ? now - due - stopped
                : now - Math.max(lastLook, due) - (own.cpu() - last.cpu()) - (own.delay() - last.delay()) - stopped;
        return gap > USUAL_DELAY ? Math.min(gap, others.longestSilence(lastLook, now)) : 0;
    }

    /** The JVM counts a safepoint a moment after it released the threads: an excess was before the last look. */
    private void add(long now, long collected, long stopped, long gap) {
        int i = (int) (looks % LOOKS);
        ends[i] = now;
        gcs[i] = 0;
        safepoints[i] = 0;
        gaps[i] = gap;
        long gcLeft = collected;
        long left = stopped;
        for (long look = looks; look >= Math.max(1, looks - MAX_LOOKS_BACK) && left > 0; look--) {
            int at = (int) (look % LOOKS);
            long free = ends[at] - begin(look) - safepoints[at];
            long part = Math.max(0, Math.min(left, free));
            long gcPart = Math.min(gcLeft, part);
            safepoints[at] += part;
            gcs[at] += gcPart;
            gaps[at] = Math.max(0, Math.min(gaps[at], free - part));
            left -= part;
            gcLeft -= gcPart;
        }
    }

    private long begin(long look) {
        return ends[(int) ((look - 1) % LOOKS)];
    }

    /** The pauses that the last look found. */
    Sum latest() {
        return latest;
    }

    /** The pauses in a window. A look that is partly in it counts as a whole, up to the overlap. */
    Sum sum(long from, long to) {
        long gc = 0;
        long safepoint = 0;
        long gap = 0;
        for (long look = looks - 1; look >= Math.max(1, looks - LOOKS + 1); look--) {
            int i = (int) (look % LOOKS);
            if (ends[i] - from <= 0) {
                break;
            }
            long overlap = Math.min(ends[i], to) - Math.max(begin(look), from);
            if (overlap > 0) {
                long pause = Math.min(safepoints[i], overlap);
                long collecting = Math.min(gcs[i], pause);
                gc += collecting;
                safepoint += pause - collecting;
                gap += Math.min(gaps[i], overlap - pause);
            }
        }
        return new Sum(gc, safepoint, gap);
    }

    private long gcMillis() {
        long sum = 0;
        for (GarbageCollectorMXBean bean : collectors) {
            sum += Math.max(0, bean.getCollectionTime());
        }
        return sum;
    }

    private long safepointMillis() {
        if (safepointTime == null) {
            return gcMillis();
        }
        try {
            return (long) safepointTime.invoke(runtimeBean);
        } catch (ReflectiveOperationException e) {
            return gcMillis();
        }
    }
}
