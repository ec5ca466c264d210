package io.stallsight.engine.fact;

/**
 * One pool in one interval; executors of one thread each that share a name are one pool. Durations are nanoseconds. A
 * number that the pool does not report is -1. In a pool of connections, a connection that is lent is a worker that runs
 * a task: {@code active} are those in use, {@code queued} the threads that wait for one, {@code run} is how long they
 * are out, {@code completed} counts borrows, and {@code rejected} those that got no connection.
 *
 * @param time the end of the interval; see {@link Fact}
 * @param name names of its threads with the last number folded: {@code http-nio-8080-exec-#}
 * @param type of pool, for people: {@code ThreadPoolExecutor}, {@code Jetty}
 * @param kind what the pool has
 * @param executors how many there are of this name
 * @param active workers that run a task
 * @param size workers
 * @param max workers at the most
 * @param queued tasks that wait; those of a scheduled pool that are not due do not
 * @param capacity of the queue
 * @param waitP50 of tasks in the queue; measured on samples, but on each borrow of a connection. A scheduled task waits
 *     from the moment that it is due
 * @param oldestTask a lower bound of the age of the oldest task that waits, 0 if none is known to
 * @param runP50 of the tasks whose wait was measured
 * @param completed in the interval; for a pool that does not count, those that workers took
 * @param rejected in the interval
 * @param saturation active / max; -1 if not known
 * @param waits of the tasks that workers took in the interval, estimated from those that were measured; of each borrow
 *     of a connection; empty in a recording
 */
public record PoolSample(
        long time,
        String name,
        String type,
        PoolKind kind,
        int executors,
        long active,
        long size,
        long max,
        long queued,
        long capacity,
        long waitP50,
        long waitP99,
        long waitMax,
        long oldestTask,
        long runP50,
        long runP99,
        long runMax,
        long completed,
        long rejected,
        double saturation,
        Histogram waits)
        implements Fact {}
