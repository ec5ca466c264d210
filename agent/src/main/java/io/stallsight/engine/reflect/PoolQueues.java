package io.stallsight.engine.reflect;

import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What waits in the queue of a pool. */
public final class PoolQueues {

    private PoolQueues() {}

    /** Queued tasks that could run now: a scheduled pool also holds those of later. */
    public static long due(ThreadPoolExecutor pool) {
        try {
            Queue<Runnable> queue = pool.getQueue();
            if (!(pool instanceof ScheduledThreadPoolExecutor)) {
                return queue.size();
            }
            if (!isDue(queue.peek())) {
                return 0;
            }
            long due = 0;
            for (Object task : queue.toArray()) {
                if (isDue(task)) {
                    due++;
                }
            }
            return due;
        } catch (RuntimeException e) { // an application's own queue
            return Gauges.UNKNOWN;
        }
    }

    /** Whether all tasks that are due will be repeated. */
    public static boolean isPeriodic(ScheduledThreadPoolExecutor pool) {
        try {
            for (Object task : pool.getQueue().toArray()) {
                if (isDue(task) && !(task instanceof RunnableScheduledFuture<?> repeated && repeated.isPeriodic())) {
                    return false;
                }
            }
            return true;
        } catch (RuntimeException e) { // an application's own queue
            return false;
        }
    }

    private static boolean isDue(@org.jspecify.annotations.Nullable Object task) {
        return task != null && !(task instanceof Delayed delayed && delayed.getDelay(TimeUnit.NANOSECONDS) > 0);
    }
}
