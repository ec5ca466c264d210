package io.stallsight.engine.picture;

/**
 * One loop in one interval. Durations are nanoseconds, -1 where a number is not known.
 *
 * @param id name of its thread
 * @param utilization busy time / time; -1 if it is not known
 */
public record LoopRow(
        String id,
        String group,
        long lagP50,
        long lagP90,
        long lagP99,
        long lagMax,
        double utilization,
        long ticks,
        long tickP50,
        long tickP99,
        long tickMax,
        long tasks,
        long pending,
        long channels,
        long runningFor,
        long oldestTask) {

    /** Requests that a late loop keeps waiting: pending tasks and registered channels, as far as they are known. */
    long waiting() {
        return Math.max(pending, 0) + Math.max(channels, 0);
    }
}
