package io.stallsight.engine.pool;

import io.stallsight.engine.lag.QueueTrend;

/**
 * How long tasks may wait in a pool that is well.
 *
 * <p><b>Problem.</b> A pool of many threads whose tasks wait for a second cannot keep up. Other pools let tasks wait by
 * design. A connection pool queues a task for each connection to open, and opens one after the other. A start-up queues
 * all its work at once. A periodic task waits for another on the one thread of a scheduler. A pool of one thread sleeps
 * between two tasks to limit their rate.
 *
 * <p><b>Algorithm.</b> A short burst is well: more tasks go than come, and at this pace all are gone within one more
 * threshold. Otherwise one threshold is enough, except in four cases, which take {@value #LONG} thresholds. Three of
 * them are of a pool of one thread: the tasks that wait came at once; the queue is bounded, so that a task waits only
 * for the few before it; the thread sleeps. The fourth is a scheduler in which only periodic tasks wait: nobody waits
 * for them, and they do not become more.
 *
 * <p><b>Given up.</b> A pool of one thread that is stuck in a task is reported late if no task comes behind those that
 * wait. A long queue that several threads are to work off is exhaustion, even if it is planned.
 */
final class Patience {

    private static final int LONG = 10;

    private final long threshold;

    /** @param threshold nanoseconds */
    Patience(long threshold) {
        this.threshold = threshold;
    }

    /**
     * Whether tasks may wait for this long in a pool that lets them wait by design.
     *
     * @param age of the oldest task, nanoseconds
     */
    boolean isLongEnough(long age) {
        return age < LONG * threshold;
    }

    /** Whether the pool gets through its queue as it should, as far as its numbers show. */
    boolean covers(Pool pool, long age, boolean isOneThread) {
        QueueTrend trend = pool.trend();
        if (trend.isGoneWithin(threshold)) {
            return true;
        }
        return isLongEnough(age)
                && (isOneThread && (trend.isBatch() || pool.reading().capacity() >= 0)
                        || pool.holdsOnlyPeriodicTasks());
    }
}
