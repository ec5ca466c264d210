package io.stallsight.engine.pool;

import io.stallsight.engine.fact.PoolExhaustion;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether one group of executors is exhausted, from one look to the next.
 *
 * <p><b>Problem.</b> A single look proves little. A worker is between two tasks at a tenth of all looks of a busy pool,
 * and a task waits for some time in a healthy one. One long exhaustion must be one report, not ten.
 *
 * <p><b>Algorithm.</b> Each look has the age of the oldest waiting task, or 0 if a worker is free. An exhaustion begins
 * at an age of {@code threshold}. It goes on while looks show at least half of that, and ends after a whole
 * {@code threshold} without such a look. The half keeps an age that swings around the threshold from being many
 * exhaustions. The time bridges looks that find a worker between two tasks. It also bridges a queue that is emptied and
 * fills at once: within that time its new tasks are as old as half the threshold, or they do not wait for long.
 *
 * <p><b>Invariants.</b> A report that it ended follows each first report, unless the agent ends before. All reports of
 * one exhaustion have one id and one start. Used by the sampling thread.
 */
final class Exhaustion {

    /** An exhaustion that goes on is reported again. */
    private static final long REPORT_PERIOD = TimeUnit.SECONDS.toNanos(10);

    /** What to do after a look. */
    enum Next {
        NOTHING,
        REPORT,
        END
    }

    private final long threshold;

    /** The last report, null while the group is not exhausted. */
    private @Nullable PoolExhaustion reported;

    private long start;
    private long lastProof;
    private long lastProofOnClock;

    /** When another report is due, and whether that time counts. */
    private long nextReport;

    private boolean waitsForNext;

    /** @param threshold nanoseconds */
    Exhaustion(long threshold) {
        this.threshold = threshold;
    }

    boolean isGoingOn() {
        return reported != null;
    }

    /**
     * @param clock {@code now} without the time in which nobody looked
     * @param age of the oldest waiting task, nanoseconds; 0 if none waits, or a worker is free
     */
    Next look(long now, long clock, long age) {
        boolean proves = age >= threshold / 2;
        if (proves) {
            lastProof = now;
            lastProofOnClock = clock;
        }
        boolean isDue = !waitsForNext || now - nextReport >= 0;
        if (reported == null) {
            if (age < threshold || !isDue) {
                return Next.NOTHING;
            }
            start = now - age;
            return Next.REPORT;
        }
        if (clock - lastProofOnClock >= threshold) {
            return Next.END;
        }
        return proves && isDue ? Next.REPORT : Next.NOTHING;
    }

    /** When the task that had waited longest at its begin was queued, {@link System#nanoTime()}. */
    long start() {
        return start;
    }

    /** The number of this exhaustion: {@code fresh} if it has none yet. */
    long id(long fresh) {
        return reported == null ? fresh : reported.id();
    }

    void reported(PoolExhaustion report, long now) {
        reported = report;
        waitsForNext = true;
        nextReport = now + REPORT_PERIOD;
    }

    /** What looks like exhaustion is how the pool works: it is looked at again later. */
    void refuted(long now) {
        waitsForNext = true;
        nextReport = now + Math.max(threshold, TimeUnit.SECONDS.toNanos(1));
    }

    /** Ends it; what is returned reports that. */
    PoolExhaustion end() {
        PoolExhaustion last = reported;
        if (last == null) {
            throw new IllegalStateException("there is no exhaustion to end");
        }
        reported = null;
        waitsForNext = false;
        return last.ended(lastProof - start);
    }
}
