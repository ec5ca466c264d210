package io.stallsight.engine.fact;

/**
 * One loop in one interval. Durations are nanoseconds.
 *
 * @param time the end of the interval; see {@link Fact}
 * @param threadId of the loop's thread, as {@code Thread.threadId()} has it
 * @param name of the loop's thread
 * @param lagP50 the median time that a ready task waited for the loop; where hooks see tasks wait, at least as long as
 *     these waited
 * @param utilization busy time / time; -1 if not known
 * @param pending tasks in the loop's queue, -1 if the framework does not report it
 * @param channels registered channels, -1 if the framework does not report it
 * @param waited the mean number of I/O events that waited for a tick with 5 ms of blocking calls that was no stall; -1
 *     if there was none, or if the loop's polls do not say
 * @param runningFor age of the running tick, 0 if the loop is idle
 * @param oldestTask a lower bound of the age of the oldest waiting task, 0 if none is known to wait
 * @param lags the waits of one arrival each millisecond, of which each millisecond counts once in all samples; empty in
 *     a recording
 * @param tickDurations of the ticks that ended in the interval; empty in a recording
 */
public record LoopSample(
        long time,
        long threadId,
        String name,
        String loopGroup,
        long lagP50,
        long lagP90,
        long lagP99,
        long lagMax,
        double utilization,
        long ticks,
        long tickP50,
        long tickP90,
        long tickP99,
        long tickMax,
        long tasks,
        long pending,
        long channels,
        double waited,
        long runningFor,
        long oldestTask,
        Histogram lags,
        Histogram tickDurations)
        implements Fact {

    /** Of a recording without the agent: a loop of which nothing is known but its name. */
    public static LoopSample unmeasured(long time, String name, String loopGroup) {
        return new LoopSample(
                time,
                -1,
                name,
                loopGroup,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                -1,
                Histogram.EMPTY,
                Histogram.EMPTY);
    }
}
