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

    /** @param time of its end, milliseconds since 1970 */
    void add(long time, BlockingCall call) {
        last = call;
        lastSeen = Math.max(lastSeen, time);
        durations.add(call.nanos());
        count.add(time, 1);
        total.add(time, (double) call.nanos());
    }

    /** @param seconds that others lost by calls that have been added */
    void addHarm(double seconds) {
        harm += seconds;
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

    /** Seconds that others lost at most: the length of each call for each task and connection that waited. */
    public double harm() {
        return harm;
    }
}
