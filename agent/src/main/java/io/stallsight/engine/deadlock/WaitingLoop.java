package io.stallsight.engine.deadlock;

import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import org.jspecify.annotations.Nullable;

/**
 * A loop in a wait.
 *
 * @param target the object that it waits for
 * @param since {@link System#nanoTime()} at which the wait began
 */
record WaitingLoop(Thread thread, StallsightThread state, StallsightLoop loop, Object target, long since) {

    /** The executor whose tasks the loop runs, or null. */
    @Nullable
    Object executor() {
        StallsightQueue queue = loop.queue();
        return queue == null ? null : queue.executor().get();
    }

    /** Whether the loop still is in the same wait. */
    boolean goesOn() {
        return state.call().self() == target && state.call().startedAt() == since;
    }
}
