package io.stallsight.engine.picture;

import io.stallsight.engine.fact.BlockingCall;
import io.stallsight.engine.picture.series.Durations;
import io.stallsight.engine.picture.series.Scale;
import io.stallsight.engine.picture.series.Series;

/** The blocking calls of one finding over time. */
public final class SiteHistory extends History {

    final long firstSeen;
    final Series count;
    final Series total;
    private final String fingerprint;
    private final Durations durations = new Durations();
    private BlockingCall last;
    private double harm;

    /** When the picture took the last call; milliseconds since 1970. */
    long changed;

    SiteHistory(String fingerprint, BlockingCall first, long time, Scale scale) {
        this.fingerprint = fingerprint;
        this.firstSeen = time;
        this.last = first;
        count = new Series(scale, Series.Merge.SUM);
        total = new Series(scale, Series.Merge.SUM);
    }

    /**
     * @param time of its end, milliseconds since 1970
     * @param waiting requests that the loop kept waiting meanwhile
     */
    void add(long time, BlockingCall call, long waiting) {
        last = call;
        lastSeen = Math.max(lastSeen, time);
        durations.add(call.nanos());
        harm += call.nanos() / 1e9 * waiting;
        count.add(time, 1);
        total.add(time, (double) call.nanos());
    }

    public String fingerprint() {
        return fingerprint;
    }

    /** The last call. */
    public BlockingCall last() {
        return last;
    }

    /** Of all its calls. */
    public Durations durations() {
        return durations;
    }

    /** Seconds that others lost: the length of each call for each request that waited. */
    public double harm() {
        return harm;
    }
}
