package io.stallsight.engine.lag;

/**
 * How the queue of one executor has changed since the oldest task that waits came into it.
 *
 * @param nanos since then, nanoseconds
 * @param waiting tasks that wait
 * @param come tasks that have come since then
 * @param gone tasks that have left the queue since then
 */
public record QueueTrend(long nanos, long waiting, long come, long gone) {

    /** Of a queue of which nothing is known. */
    public static final QueueTrend NONE = new QueueTrend(0, 0, 0, 0);

    /** Whether more tasks go than come, so many that none is left after {@code limit} more nanoseconds. */
    public boolean isGoneWithin(long limit) {
        long fewer = gone - come;
        return fewer > 0 && (double) waiting / fewer * nanos < limit;
    }

    /** Whether most of what waits was there when the oldest task came: a batch, and not a stream of tasks. */
    public boolean isBatch() {
        return come * 2 < waiting;
    }
}
