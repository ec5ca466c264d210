package io.stallsight.engine.stall;

import io.stallsight.engine.reflect.KernelPoll;
import io.stallsight.engine.reflect.LoopSockets;
import io.stallsight.engine.reflect.UnreadBytes;
import io.stallsight.engine.thread.CpuTimes;
import io.stallsight.engine.thread.ThreadFacts;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures when requests came that wait for a late loop.
 *
 * <p><b>Problem.</b> A request that comes while its loop is stuck lies in a socket. Only the kernel knows it, and does
 * not say since when.
 *
 * <p><b>Algorithm.</b> The connections of a loop are listed once, when its tick is likely to become a stall: at the age
 * from which its stack is sampled. Each look asks the kernel which of those are readable that were not before
 * ({@link KernelPoll}), and notes the moment. Whether a request came, and whether it waited, is decided later by the
 * loop's own thread when it serves the request.
 *
 * <p><b>Invariants.</b> The kernel is asked only while a loop is late. The looks take a twentieth of a CPU: after one
 * that took long, the next is later, and the times are less exact, but no later than after 25 ms. Only if so many loops
 * are late that this would take more than a fifth of a CPU, it is later still.
 *
 * <p><b>Given up.</b> Of a loop with more than {@value #MAX_SOCKETS} connections, the others are not looked at. Nor are
 * those that come while the loop is late, or those of a loop whose connections the agent does not find.
 *
 * <p>Used by the watching thread.
 */
final class ArrivalWatch {

    private static final int MAX_SOCKETS = 4_096;

    /** Looks take one part in so many of the time, */
    private static final long SHARE = 20;

    /** but come after this time at the latest, */
    private static final long MAX_GAP = TimeUnit.MILLISECONDS.toNanos(25);

    /** unless they would take more than one part in so many. */
    private static final long MAX_SHARE = 5;

    private final LoopSockets sockets;

    /** Null before the first use, and where the JDK has none. */
    private @Nullable KernelPoll kernel;

    private boolean isPrepared;
    private long next = System.nanoTime();

    ArrivalWatch(LoopSockets sockets) {
        this.sockets = sockets;
    }

    /** Does once without effect what the first look needs: it loads classes, and would make the look late. */
    void rehearse() {
        KernelPoll prepared = kernel();
        if (prepared != null) {
            prepared.ask(0);
            UnreadBytes.of(LoopSockets.NONE);
        }
    }

    private @Nullable KernelPoll kernel() {
        if (!isPrepared) {
            isPrepared = true;
            kernel = KernelPoll.forAtMost(MAX_SOCKETS);
        }
        return kernel;
    }

    /**
     * Looks at the connections of all loops that are likely to have a stall.
     *
     * @param threshold of stalls, nanoseconds
     */
    void look(Collection<Episode> episodes, long now, long threshold) {
        if (episodes.isEmpty() || now - next < 0) {
            return;
        }
        long from = LoopStacks.sampledFrom(threshold);
        long cpu = cpu();
        boolean hasLooked = false;
        for (Episode episode : episodes) {
            if (!episode.isBacklog() && now - episode.start() >= from && episode.goesOn()) {
                KernelPoll asked = kernel();
                if (asked == null) {
                    return;
                }
                episode.arrivals(sockets, MAX_SOCKETS).look(asked);
                hasLooked = true;
            }
        }
        if (hasLooked) {
            next = now + gap(cpu() - cpu);
        }
    }

    /** Nanoseconds from a look that took {@code cpu} to the next one. */
    static long gap(long cpu) {
        return Math.max(Math.min(cpu * SHARE, MAX_GAP), cpu * MAX_SHARE);
    }

    /** Of this thread, without the time in which it waits for a CPU. */
    private static long cpu() {
        return CpuTimes.of(ThreadFacts.id(Thread.currentThread()));
    }
}
