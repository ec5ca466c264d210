package io.stallsight.engine.picture;

import java.util.Locale;

/** How a loop does right now. */
enum LoopState {
    FREE,
    /** Its lag was over the stall threshold in one of the last columns. */
    LATE,
    /** What it runs at the moment has taken longer than the stall threshold. */
    STUCK,
    /** Its thread has ended. */
    GONE;

    private static final int RECENT_COLUMNS = 5;

    static LoopState of(Picture.View view, Entry.Loop loop) {
        if (view.isGone(loop)) {
            return GONE;
        }
        long threshold = view.process.stallThreshold();
        if (loop.row.runningFor() > threshold) {
            return STUCK;
        }
        double most = Entry.most(loop.lagMax.in(view.resolution), view.end - RECENT_COLUMNS, view.end - 1);
        return most > threshold ? LATE : FREE;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
