package io.stallsight.engine.pool;

import io.stallsight.engine.reflect.Gauges;

/** What one executor told at one moment; {@link Gauges#UNKNOWN} is what it did not tell. Reused by one thread. */
final class PoolReading {

    long active;
    long idle;
    long size;
    long max;
    long queued;
    long capacity;
    long completed;
    long rejected;

    /** How long the task that is due first has been due, nanoseconds; 0 if that is not known. */
    long oldest;

    void clear() {
        active = Gauges.UNKNOWN;
        idle = Gauges.UNKNOWN;
        size = Gauges.UNKNOWN;
        max = Gauges.UNKNOWN;
        queued = Gauges.UNKNOWN;
        capacity = Gauges.UNKNOWN;
        completed = Gauges.UNKNOWN;
        rejected = Gauges.UNKNOWN;
        oldest = 0;
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
}
