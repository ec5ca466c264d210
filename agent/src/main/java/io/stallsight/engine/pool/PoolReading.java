package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;

/**
 * The numbers of one executor at one moment; a number that it does not give is {@link Gauges#UNKNOWN}.
 *
 * @param active workers that run a task
 * @param idle workers that wait for a task
 * @param size workers
 * @param max workers that there may be
 * @param queued tasks that wait and could run
 * @param capacity of the queue
 * @param completed tasks since the executor was made
 * @param rejected tasks since the executor was made
 * @param oldest how long the task that is due first has been due, nanoseconds; 0 if that is not known
 */
record PoolReading(
        long active,
        long idle,
        long size,
        long max,
        long queued,
        long capacity,
        long completed,
        long rejected,
        long oldest) {

    /** Of an executor that is gone or has ended. */
    static final PoolReading NOTHING = new PoolReading(
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            Gauges.UNKNOWN,
            0);

    /** The same, of a pool that does not give how many wait. */
    PoolReading withQueued(long waiting) {
        return new PoolReading(active, idle, size, max, waiting, capacity, completed, rejected, oldest);
    }

    /** Every worker is busy and tasks wait. A worker that the pool could still start does not help: it has not. */
    boolean isFull() {
        if (queued <= 0 || size <= 0) {
            return false;
        }
        if (idle >= 0) {
            return idle == 0;
        }
        return active >= 0 ? active >= size : max > 0 && size >= max;
    }

    /** No worker runs a task, and none waits. */
    boolean isIdle() {
        return active == 0 && queued == 0;
    }

    /** The executor gives neither its size nor its queue: it is gone or has ended. */
    boolean isNothing() {
        return size < 0 && queued < 0;
    }
}
