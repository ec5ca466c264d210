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
    /** A task has waited for longer than the threshold. */
    EXHAUSTED;

    private static final double BUSY_FROM = 0.8;

    /** Each exhaustion that goes on is reported every ten seconds; without two reports, its end was not recorded. */
    private static final long MAX_SILENT_MILLIS = 25_000;

    static PoolState of(View view, PoolHistory pool) {
        if (view.isGone(pool)) {
            return GONE;
        }
        PoolSample last = pool.last();
        PoolExhaustion exhaustion = view.exhaustionOf(last.name());
        // what the sample says of its moment does not count: a worker may be between two tasks
        if (exhaustion != null && exhaustion.ongoing() && view.end(exhaustion) >= view.now() - MAX_SILENT_MILLIS) {
            return EXHAUSTED;
        }
        boolean full = last.max() > 0 && last.active() >= last.max() && last.queued() > 0;
        return full ? FULL : last.saturation() > BUSY_FROM ? BUSY : FREE;
    }

    /** As JSON has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
