package io.stallsight.engine.picture;

/** What the picture remembers of one loop, pool, downstream or finding. Guarded by the picture. */
abstract class Entry {

    /** When something of it came last, milliseconds since 1970. */
    long lastSeen;

    static final class Loop extends Entry {
        LoopRow row;
        final Series lagP99;
        final Series lagMax;
        final Series utilization;
        final Series pending;
        final Series ticks;

        Loop(LoopRow row, Scale scale) {
            this.row = row;
            lagP99 = new Series(scale, Ring.Merge.MAX);
            lagMax = new Series(scale, Ring.Merge.MAX);
            utilization = new Series(scale, Ring.Merge.MEAN);
            pending = new Series(scale, Ring.Merge.MAX);
            ticks = new Series(scale, Ring.Merge.SUM);
        }

        void add(long time, LoopRow next) {
            row = next;
            lastSeen = time;
            addKnown(lagP99, time, next.lagP99());
            addKnown(lagMax, time, next.lagMax());
            if (next.utilization() >= 0) {
                utilization.add(time, next.utilization());
            }
            addKnown(pending, time, next.pending());
            addKnown(ticks, time, next.ticks());
        }
    }

    static final class Pool extends Entry {
        PoolRow row;
        final Series saturation;
        final Series queued;
        final Series waitMax;

        Pool(PoolRow row, Scale scale) {
            this.row = row;
            saturation = new Series(scale, Ring.Merge.MAX);
            queued = new Series(scale, Ring.Merge.MAX);
            waitMax = new Series(scale, Ring.Merge.MAX);
        }

        void add(long time, PoolRow next) {
            row = next;
            lastSeen = time;
            if (next.saturation() >= 0) {
                saturation.add(time, next.saturation());
            }
            addKnown(queued, time, next.queued());
            addKnown(waitMax, time, next.waitMax());
        }
    }

    static final class Downstream extends Entry {
        DownstreamRow row;
        final Series peak;

        Downstream(DownstreamRow row, Scale scale) {
            this.row = row;
            peak = new Series(scale, Ring.Merge.MAX);
        }

        void add(long time, DownstreamRow next) {
            row = next;
            lastSeen = time;
            peak.add(time, next.peak());
        }
    }

    static final class Site extends Entry {
        final long first;
        final Durations durations = new Durations();
        final Series count;
        final Series total;
        CallRow last;
        double harm;

        /** When the picture heard of it last. */
        long changed;

        Site(CallRow first, Scale scale) {
            this.first = first.time();
            this.last = first;
            count = new Series(scale, Ring.Merge.SUM);
            total = new Series(scale, Ring.Merge.SUM);
        }

        /** @param waiting requests that the loop kept waiting meanwhile */
        void add(CallRow call, long waiting) {
            last = call;
            lastSeen = Math.max(lastSeen, call.time());
            durations.add(call.nanos());
            harm += call.nanos() / 1e9 * waiting;
            count.add(call.time(), 1);
            total.add(call.time(), (double) call.nanos());
        }
    }

    private static void addKnown(Series series, long time, long value) {
        if (value >= 0) {
            series.add(time, (double) value);
        }
    }

    /** The largest value of a series in the columns from one to another. */
    static double most(Ring ring, long from, long to) {
        double most = Double.NaN;
        for (long column = from; column <= to; column++) {
            float value = ring.at(column);
            if (!Float.isNaN(value) && !(value <= most)) {
                most = value;
            }
        }
        return most;
    }
}
