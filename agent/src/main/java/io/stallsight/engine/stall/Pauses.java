package io.stallsight.engine.stall;

import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.engine.watch.Heartbeats;
import io.stallsight.engine.watch.Look;
import io.stallsight.text.Glob;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When nothing of the JVM ran: garbage collection pauses, other safepoints, and gaps in the watching thread's own
 * schedule (the process was suspended or got no CPU). A ring of the last looks; used by the watching thread.
 *
 * <p>Safepoint time is HotSpot's own counter ({@code sun.management.HotspotRuntimeMBean}, milliseconds), which includes
 * the pauses of collectors. Collection time is that of the collector beans which measure pauses; the catalog knows the
 * others.
 */
final class Pauses {

    /** 40 s of looks. */
    private static final int LOOKS = 4_096;

    private static final long MILLI = 1_000_000L;

    /** Waking up later than that is a gap. */
    private static final long USUAL_DELAY = 3 * MILLI;

    private static final long PERIOD = Look.PERIOD_MILLIS * MILLI;
    private static final int MOST_TRIES = 3;

    /** A pause is counted at most so many looks late. */
    private static final int MOST_BACK = 4;

    /**
     * Nanoseconds of a window.
     *
     * @param gap in which the process as a whole stood still for another reason: stopped by a signal or a debugger
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

    private final long[] begins = new long[LOOKS];
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
     * @param others of another thread
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
     * @param now {@link System#nanoTime()}
     * @param due when it should have been woken
     * @return up to when pauses are known
     */
    long look(long now, long due) {
        long before = now;
        long after = System.nanoTime();
        long gc = gcMillis();
        long safepoint = safepointMillis();
        ThreadTimes own = ownTimes == null ? null : ownTimes.read();
        for (int i = 0; i < MOST_TRIES && (i == 0 || after - before > MILLI); i++) {
            // a pause between the readings would be in some and not in others
            before = System.nanoTime();
            gc = gcMillis();
            safepoint = safepointMillis();
            own = ownTimes == null ? null : ownTimes.read();
            after = System.nanoTime();
        }
        if (looks > 0) {
            long collected = (gc - lastGc) * MILLI;
            long stopped = Math.max((safepoint - lastSafepoint) * MILLI, collected);
            long gap = gap(after, after - now + (now - due), own, stopped);
            add(after, collected, stopped, gap);
            latest = new Sum(collected, stopped - collected, gap);
        }
        looks++;
        lastLook = after;
        lastGc = gc;
        lastSafepoint = safepoint;
        lastOwn = own;
        return after;
    }

    /**
     * What of the time since the last look is not explained: neither was this thread waiting for its turn to look, nor
     * was it on a CPU or ready for one (which says nothing of the other threads), nor was the JVM at a safepoint, nor
     * did another thread of the agent go on.
     */
    private long gap(long now, long late, @Nullable ThreadTimes own, long stopped) {
        ThreadTimes last = lastOwn;
        long gap = own == null || last == null
                ? late - stopped
                : now - lastLook - PERIOD - (own.cpu() - last.cpu()) - (own.delay() - last.delay()) - stopped;
        return gap > USUAL_DELAY ? Math.min(gap, others.longestSilence(lastLook, now)) : 0;
    }

    /** The JVM counts a safepoint a moment after it let the threads go: what does not fit was before the last look. */
    private void add(long now, long collected, long stopped, long gap) {
        int i = (int) (looks % LOOKS);
        begins[i] = lastLook;
        ends[i] = now;
        gcs[i] = 0;
        safepoints[i] = 0;
        gaps[i] = gap;
        long gcLeft = collected;
        long left = stopped;
        for (long look = looks; look >= Math.max(1, looks - MOST_BACK) && left > 0; look--) {
            int at = (int) (look % LOOKS);
            long free = ends[at] - begins[at] - safepoints[at];
            long part = Math.max(0, Math.min(left, free));
            long gcPart = Math.min(gcLeft, part);
            safepoints[at] += part;
            gcs[at] += gcPart;
            gaps[at] = Math.max(0, Math.min(gaps[at], free - part));
            left -= part;
            gcLeft -= gcPart;
        }
    }

    /** What came to light with the last look. */
    Sum latest() {
        return latest;
    }

    /** What overlapped with a window; a look that is partly in it counts as a whole, up to the overlap. */
    Sum sum(long from, long to) {
        long gc = 0;
        long safepoint = 0;
        long gap = 0;
        for (long look = looks - 1; look >= Math.max(1, looks - LOOKS); look--) {
            int i = (int) (look % LOOKS);
            if (ends[i] - from <= 0) {
                break;
            }
            long overlap = Math.min(ends[i], to) - Math.max(begins[i], from);
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
