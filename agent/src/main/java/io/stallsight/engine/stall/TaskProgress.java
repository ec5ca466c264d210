package io.stallsight.engine.stall;

import io.stallsight.hook.StallsightLoop;
import java.util.concurrent.TimeUnit;

/**
 * How a late loop gets on with its tasks: how many it has begun, and how long it was in long ones. The watching thread
 * looks at the counter of the loop; between two looks it sees no task begin or end.
 */
final class TaskProgress {

    /** The watch looks every 5 ms, so that a shorter task may look as long as two in a row. */
    private static final long LONG_TASK = TimeUnit.MILLISECONDS.toNanos(30);

    private final StallsightLoop loop;
    private final long before;
    private long last;
    private long stillSince;
    private long lastLook;
    private long inLong;

    /**
     * @param before the tasks that the loop had begun when it began to be late, or a little earlier; if that is not
     *     known, when it was first looked at
     * @param start when the loop began to be late, {@link System#nanoTime()} as {@code now}
     */
    TaskProgress(StallsightLoop loop, long before, long start, long now) {
        this.loop = loop;
        this.before = before;
        this.last = loop.tasks();
        this.stillSince = last - before < TimeSplit.MIN_MANY ? start : now; // many tasks are not a long one
        this.lastLook = now;
    }

    void look(long now) {
        long tasks = loop.tasks();
        if (tasks != last) {
            last = tasks;
            inLong += longSince(now);
            stillSince = now;
        }
        lastLook = now;
    }

    /** Whether hooks of a framework see all that the loop does. */
    boolean areOfFramework() {
        return loop.tasks() != loop.ownTasks();
    }

    /** Whether hooks have seen what the loop does: of one without a framework, they see no I/O events. */
    boolean isKnown() {
        return areOfFramework() || begun() > 0;
    }

    /** The number that the loop has begun meanwhile, up to a tenth of a second of them before the start. */
    long begun() {
        return loop.tasks() - before;
    }

    /** Nanoseconds in which the loop was seen to be in a task for longer than {@link #LONG_TASK}. */
    long inLongTasks() {
        return inLong + longSince(lastLook);
    }

    private long longSince(long now) {
        long still = now - stillSince;
        return still > LONG_TASK ? still : 0;
    }
}
