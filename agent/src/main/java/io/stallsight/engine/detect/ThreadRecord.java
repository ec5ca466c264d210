package io.stallsight.engine.detect;

/** What the engine knows about one thread beyond the hooks' state. Used by that thread only. */
final class ThreadRecord {

    /** The selectors that the thread has selected on. */
    final SelectHistory selects = new SelectHistory();

    private boolean runsLoopPoint;

    /** The thread runs an idle point that only event loops have. */
    void runsLoopPoint() {
        runsLoopPoint = true;
    }

    /** Whether the thread runs an event loop, by what it has done so far. */
    boolean isLoop() {
        return runsLoopPoint || selects.hasLoopSelector();
    }
}
