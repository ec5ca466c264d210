package io.stallsight.engine.picture;

import java.util.Locale;

/** How full a pool is; the later, the worse. */
enum PoolState {
    GONE,
    FREE,
    /** More than four fifths of its workers run a task. */
    BUSY,
    /** All do, and tasks wait. */
    FULL,
    /** For longer than the threshold. */
    EXHAUSTED;

    private static final double BUSY_FROM = 0.8;

    static PoolState of(Picture.View view, Entry.Pool pool) {
        if (view.isGone(pool)) {
            return GONE;
        }
        PoolRow row = pool.row;
        ExhaustionRow exhaustion = view.exhaustionOf(row.id());
        boolean full = row.max() > 0 && row.active() >= row.max() && row.queued() > 0;
        if (full && exhaustion != null && exhaustion.end() >= view.now - 3 * view.step) {
            return EXHAUSTED;
        }
        return full ? FULL : row.saturation() > BUSY_FROM ? BUSY : FREE;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
