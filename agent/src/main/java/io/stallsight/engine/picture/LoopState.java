package io.stallsight.engine.picture;

import java.util.Locale;

/** How a loop does right now. */
public enum LoopState {
    FREE,
    /** Its lag was over the stall threshold in one of the last columns. */
    LATE,
    /** What it runs at the moment has taken longer than the stall threshold. */
    STUCK,
    /** Its thread has ended. */
    GONE;

    private static final int RECENT_COLUMNS = 5;

    static LoopState of(View view, LoopHistory loop) {
        if (view.isGone(loop)) {
            return GONE;
        }
        long threshold = view.process().stallThreshold();
        if (loop.last().runningFor() > threshold) {
            return STUCK;
        }
        Range range = view.range();
        return range.max(loop.lagMax, range.end() - RECENT_COLUMNS) > threshold ? LATE : FREE;
    }

    /** As JSON has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
