package io.stallsight.engine.picture;

import io.stallsight.engine.picture.series.Series;

/** What the picture remembers of one loop, pool, downstream or site. Guarded by the picture. */
abstract class History {

    /** When a fact of it came last, milliseconds since 1970. */
    long lastSeen;

    static void addKnown(Series series, long time, long value) {
        addKnown(series, time, (double) value);
    }

    /** A number that is not known is -1. */
    static void addKnown(Series series, long time, double value) {
        if (value >= 0) {
            series.add(time, value);
        }
    }
}
