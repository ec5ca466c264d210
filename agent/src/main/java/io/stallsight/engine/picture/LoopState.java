package io.stallsight.engine.picture;

import java.util.Locale;

/** The state of a loop: at the moment if the JVM runs, else in the whole shown part of the recording. */
public enum LoopState {
    FREE,
    /** Its lag was over the stall threshold in one of the last columns, or a stall was recorded. */
    LATE,
    /** The running task has taken longer than the stall threshold. */
    STUCK,
    /** Its thread has ended. */
    GONE,
    /** Its lag was not measured. */
    UNKNOWN;

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
        double lag = range.max(loop.lagMax, view.isLive() ? range.end() - RECENT_COLUMNS : range.firstOfAll());
        if (lag > threshold || !view.isLive() && view.wasLate(loop.last().name())) {
            return LATE;
        }
        return lag < 0 ? UNKNOWN : FREE;
    }

    /** As JSON has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
