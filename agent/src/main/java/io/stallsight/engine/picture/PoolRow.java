package io.stallsight.engine.picture;

/**
 * One pool in one interval. Durations are nanoseconds, -1 where a number is not known.
 *
 * @param id names of its threads with the last number folded
 * @param saturation active / max
 */
public record PoolRow(
        String id,
        String type,
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
        double saturation) {}
