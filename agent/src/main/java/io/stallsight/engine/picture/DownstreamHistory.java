package io.stallsight.engine.picture;

import io.stallsight.engine.fact.DownstreamSample;
import io.stallsight.engine.picture.series.Scale;
import io.stallsight.engine.picture.series.Series;

/** One downstream over time. */
public final class DownstreamHistory extends History {

    /** Of connections. */
    final Series peak;

    final Series requestsPeak;
    private DownstreamSample last;

    DownstreamHistory(DownstreamSample first, Scale scale) {
        last = first;
        peak = new Series(scale, Series.Merge.MAX);
        requestsPeak = new Series(scale, Series.Merge.MAX);
    }

    void add(long time, DownstreamSample next) {
        last = next;
        lastSeen = time;
        addKnown(peak, time, next.connections().peak());
        addKnown(requestsPeak, time, next.requests().peak());
    }

    /** Connections or requests, whichever are more. */
    int inFlight() {
        return Math.max(last.connections().now(), last.requests().now());
    }

    /** The sample of its last interval. */
    public DownstreamSample last() {
        return last;
    }
}
