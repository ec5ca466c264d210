package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;
import io.stallsight.hook.StallsightQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is remembered of one executor from one interval to the next. Used by the sampling thread. */
final class Pool {

    private static final WeakReference<Thread> NOBODY = new WeakReference<>(null);

    /** A task needs less from the hook to its queue. */
    private static final long ON_ITS_WAY = TimeUnit.MILLISECONDS.toNanos(50);

    /** From this age on a sample is searched in the queue. */
    private static final long DOUBTFUL = TimeUnit.SECONDS.toNanos(2);

    /** An idle executor is asked all the same once in so many times: its threads may have ended. */
    private static final int LONGEST_IDLE = 10;

    private static final int MOST_SEARCHED = 10_000;

    final StallsightQueue queue;

    /** Null if the catalog knows nothing of the class: it is no pool. */
    final @Nullable PoolReader reader;

    final PoolReading reading = new PoolReading();

    @Nullable
    PoolGroup group;

    /** One of its threads. */
    WeakReference<Thread> worker = NOBODY;

    long @Nullable [] waits;
    long @Nullable [] runs;
    long taken;
    long completed = Gauges.UNKNOWN;
    long rejected = Gauges.UNKNOWN;
    boolean seen;
    private boolean isIdle;
    private long takenAtReading;
    private int readings;

    Pool(StallsightQueue queue, @Nullable PoolReader reader) {
        this.queue = queue;
        this.reader = reader;
    }

    /** Asks the executor; false if it is gone or over. One that was idle and has not taken a task since still is. */
    boolean read() {
        Object executor = queue.executor().get();
        if (executor != null
                && isIdle
                && queue.taken() == takenAtReading
                && queue.sample() == null
                && ++readings % LONGEST_IDLE != 0) {
            return true;
        }
        isIdle = false;
        if (executor == null || reader == null || reader.isOver(executor)) {
            reading.clear();
            return false;
        }
        takenAtReading = queue.taken();
        reader.read(executor, reading);
        isIdle = reader.everyTaskIsTaken() && reading.active == 0 && reading.queued == 0;
        return true;
    }

    /** How many tasks it has finished, or, if it does not count them, taken. */
    long completedSoFar() {
        return reading.completed >= 0 ? reading.completed : queue.taken();
    }

    /** Age of the task that has waited longest, as far as is known. Drops a sample that does not wait any more. */
    long oldest(long now) {
        long age = queue.sampleAge(now);
        if (age > 0 && reading.queued >= 0 && isLost(age)) {
            queue.dropSample(queue.sample());
            age = 0;
        }
        return Math.max(age, reading.queued > 0 ? reading.oldest : 0);
    }

    /** Cancelled and removed tasks are not taken by a worker, and some are run by who waits for them. */
    private boolean isLost(long age) {
        Object sample = queue.sample();
        if (sample == null) {
            return false;
        }
        if (sample instanceof ForkJoinTask<?> task && task.isDone()
                || sample instanceof FutureTask<?> future && future.isDone()
                || reading.queued == 0 && age > ON_ITS_WAY) {
            return true;
        }
        Object executor = queue.executor().get();
        if (age < DOUBTFUL || executor == null || reader == null) {
            return false;
        }
        java.util.List<Object> waiting = reader.waiting(executor, MOST_SEARCHED);
        if (waiting.isEmpty() || waiting.size() == MOST_SEARCHED) {
            return false; // the queue cannot be searched
        }
        for (Object task : waiting) {
            if (task == sample) {
                return false;
            }
        }
        return true;
    }
}
