package io.stallsight.engine.picture;

import io.stallsight.engine.fact.PoolExhaustion;
import io.stallsight.engine.fact.PoolSample;
import java.util.Locale;

/** How full a pool is; the later, the worse. */
public enum PoolState {
    GONE,
    FREE,
    /** More than four fifths of its workers run a task. */
    BUSY,
    /** All do, and tasks wait. */
    FULL,
    /** For longer than the threshold. */
    EXHAUSTED;

    private static final double BUSY_FROM = 0.8;

    /** An exhaustion without a report for this many columns is over. */
    private static final int RECENT_COLUMNS = 3;

    static PoolState of(View view, PoolHistory pool) {
        if (view.isGone(pool)) {
            return GONE;
        }
        PoolSample last = pool.last();
        PoolExhaustion exhaustion = view.exhaustionOf(last.name());
        boolean full = last.max() > 0 && last.active() >= last.max() && last.queued() > 0;
        if (full
                && exhaustion != null
                && view.end(exhaustion)
                        >= view.now() - RECENT_COLUMNS * view.range().step()) {
            return EXHAUSTED;
        }
        return full ? FULL : last.saturation() > BUSY_FROM ? BUSY : FREE;
    }

    /** As JSON has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
