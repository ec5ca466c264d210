package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import org.jspecify.annotations.Nullable;

/**
 * The end of a long tick, told by its own thread. Times are {@link System#nanoTime()}, amounts nanoseconds.
 *
 * @param blocked in blocking calls
 * @param locked waiting for locks
 * @param longest the longest blocking call that was reported, if there was one
 * @param times of the thread at the end
 */
public record SlowTick(
        StallsightLoop loop,
        Thread thread,
        long start,
        long end,
        long blocked,
        long locked,
        @Nullable BlockingCall longest,
        @Nullable ThreadTimes times) {}
