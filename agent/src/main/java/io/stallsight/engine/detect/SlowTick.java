package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.fact.Request;
import io.stallsight.engine.thread.ThreadTimes;
import io.stallsight.hook.StallsightLoop;
import org.jspecify.annotations.Nullable;

/**
 * A long tick that has ended, reported by its own thread. Times are {@link System#nanoTime()}, amounts nanoseconds.
 *
 * @param name of the thread when the tick ended: a thread that leaves its loop is renamed by some libraries
 * @param busyBefore time in the ticks before it
 * @param blocked time in blocking calls
 * @param locked time in which the thread waited for locks
 * @param longest the longest reported blocking call of the tick, or null
 * @param request that the loop served for most of the tick
 * @param traced without a name, the trace that was current for most of the tick
 * @param times the thread's CPU times at the end, or null if they are not known
 */
public record SlowTick(
        StallsightLoop loop,
        Thread thread,
        String name,
        long start,
        long end,
        long busyBefore,
        long blocked,
        long locked,
        @Nullable BlockingCall longest,
        Request request,
        Request traced,
        @Nullable ThreadTimes times) {}
