package io.stallsight.engine.picture;

import io.stallsight.engine.fact.LoopSample;
import io.stallsight.engine.picture.series.Scale;
import io.stallsight.engine.picture.series.Series;

/** One loop over time. */
public final class LoopHistory extends History {

    final Series lagP99;
    final Series lagMax;
    final Series utilization;
    final Series pending;
    final Series ticks;
    private LoopSample last;

    LoopHistory(LoopSample first, Scale scale) {
        last = first;
        lagP99 = new Series(scale, Series.Merge.MAX);
        lagMax = new Series(scale, Series.Merge.MAX);
        utilization = new Series(scale, Series.Merge.MEAN);
        pending = new Series(scale, Series.Merge.MAX);
        ticks = new Series(scale, Series.Merge.SUM);
    }

    void add(long time, LoopSample next) {
        last = next;
        lastSeen = time;
        addKnown(lagP99, time, next.lagP99());
        addKnown(lagMax, time, next.lagMax());
        addKnown(utilization, time, next.utilization());
        addKnown(pending, time, next.pending());
        addKnown(ticks, time, next.ticks());
    }

    /** The sample of its last interval. */
    public LoopSample last() {
        return last;
    }
}
