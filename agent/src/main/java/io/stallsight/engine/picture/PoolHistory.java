package io.stallsight.engine.picture;

import io.stallsight.engine.fact.PoolSample;
import io.stallsight.engine.picture.series.Scale;
import io.stallsight.engine.picture.series.Series;

/** One pool over time. */
public final class PoolHistory extends History {

    final Series saturation;
    final Series queued;
    final Series waitMax;
    private PoolSample last;

    PoolHistory(PoolSample first, Scale scale) {
        last = first;
        saturation = new Series(scale, Series.Merge.MAX);
        queued = new Series(scale, Series.Merge.MAX);
        waitMax = new Series(scale, Series.Merge.MAX);
    }

    void add(long time, PoolSample next) {
        last = next;
        lastSeen = time;
        addKnown(saturation, time, next.saturation());
        addKnown(queued, time, next.queued());
        addKnown(waitMax, time, next.waitMax());
    }

    /** The sample of its last interval. */
    public PoolSample last() {
        return last;
    }
}
