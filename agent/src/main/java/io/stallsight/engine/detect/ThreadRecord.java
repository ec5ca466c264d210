package io.stallsight.engine.detect;

import org.jspecify.annotations.Nullable;

/**
 * What the engine knows about one thread beyond the hooks' state. Used by that thread only, but for what
 * {@link RunDelay} says.
 */
final class ThreadRecord {

    /** The selectors that the thread has selected on. */
    final SelectHistory selects = new SelectHistory();

    private boolean runsLoopPoint;

    private @Nullable RunDelay runDelay;

    /** How long the thread was ready without a CPU; null if it may block. */
    @Nullable
    RunDelay runDelay() {
        return runDelay;
    }

    void setRunDelay(RunDelay delay) {
        runDelay = delay;
    }

    /** The thread runs an idle point that only event loops have. */
    void runsLoopPoint() {
        runsLoopPoint = true;
    }

    /** Whether the thread runs an event loop, by what it has done so far. */
    boolean isLoop() {
        return runsLoopPoint || selects.hasLoopSelector();
    }
}
