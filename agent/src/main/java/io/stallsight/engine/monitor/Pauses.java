package io.stallsight.engine.monitor;

import io.stallsight.engine.detect.ThreadTimes;
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
 * the pauses of collectors. Collection time is that of the collector beans which measure pauses: those named {@code ...
 * Cycles} measure concurrent work.
 */
final class Pauses {

    /** 40 s of looks. */
    private static final int LOOKS = 4_096;

    private static final long MILLI = 1_000_000L;

    /** Waking up later than that is a gap. */
    private static final long USUAL_DELAY = 3 * MILLI;

    /**
     * Nanoseconds of a window.
     *
     * @param gap in which the process as a whole stood still for another reason: stopped by a signal or a debugger
     */
    record Sum(long gc, long safepoint, long gap) {}

    private final long[] begins = new long[LOOKS];
    private final long[] ends = new long[LOOKS];
    private final long[] gcs = new long[LOOKS];
    private final long[] safepoints = new long[LOOKS];
    private final long[] gaps = new long[LOOKS];
    private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();
    private final @Nullable Object runtimeBean;
    private final @Nullable Method safepointTime;
    private final long ownId = ThreadTimes.currentNativeId();
    private long lastOwnDelay = -1;
    private long looks;
    private long lastLook;
    private long lastGc;
    private long lastSafepoint;

    Pauses() {
        for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (!bean.getName().endsWith("Cycles")) {
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
        ownDelay();
    }

    /**
     * One look of the watching thread.
     *
     * @param now {@link System#nanoTime()}
     * @param due when it should have been woken
     */
    void look(long now, long due) {
        long gc = gcMillis();
        long safepoint = safepointMillis();
        if (looks > 0) {
            int i = (int) (looks % LOOKS);
            begins[i] = lastLook;
            ends[i] = now;
            gcs[i] = (gc - lastGc) * MILLI;
            safepoints[i] = Math.max(safepoint - lastSafepoint, gc - lastGc) * MILLI;
            long late = now - due;
            gaps[i] = late > USUAL_DELAY ? Math.max(0, late - safepoints[i] - ownDelay()) : 0;
        }
        looks++;
        lastLook = now;
        lastGc = gc;
        lastSafepoint = safepoint;
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

    /** What of a gap is explained by this thread's waiting for a CPU: it says nothing of the other threads. */
    private long ownDelay() {
        ThreadTimes own = ThreadTimes.of(ownId);
        if (own == null) {
            return 0;
        }
        long delay = lastOwnDelay < 0 ? 0 : own.delay() - lastOwnDelay;
        lastOwnDelay = own.delay();
        return delay;
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
