package io.stallsight.engine.stall;

import io.stallsight.engine.thread.ThreadTimes;

/**
 * The kernel's times of a loop's thread at one moment.
 *
 * @param at {@link System#nanoTime()}
 * @param busy nanoseconds in which the loop had been busy so far
 * @param tasks that the loop had begun so far
 */
record TimesAt(long at, ThreadTimes times, long busy, long tasks) {

    /**
     * The times at the start of a stall, which is later than this reading. What the loop did in between must not count
     * for the stall, so it counts as computing: code is never blamed for what it computed before.
     *
     * @param busyBefore nanoseconds in which the loop had been busy before {@code start}
     */
    TimesAt broughtTo(long start, long busyBefore) {
        long computed = Math.max(0, busyBefore - busy);
        return new TimesAt(
                start, new ThreadTimes(times.cpu() + computed, times.delay(), times.runs()), busyBefore, tasks);
    }
}
