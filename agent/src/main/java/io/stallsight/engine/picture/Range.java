package io.stallsight.engine.picture;

import io.stallsight.engine.picture.series.Scale;
import io.stallsight.engine.picture.series.Series;

/**
 * The part of a picture that a query selects. Times are milliseconds since 1970; columns have the numbers of their
 * resolution.
 *
 * @param now up to which the picture goes
 * @param goneBefore a loop, pool or downstream that was seen last before this is gone
 * @param resolution index in the scale
 * @param step length of a column, milliseconds
 * @param firstOfAll first column of the range
 * @param first first column that is wanted: later than {@code firstOfAll} where only changes are
 * @param end the column after the last one
 * @param from the time from which on facts are shown
 * @param since the time from which on changes are wanted; 0 for everything
 */
record Range(
        Picture.Source source,
        long now,
        long goneBefore,
        int resolution,
        long step,
        long firstOfAll,
        long first,
        long end,
        long from,
        long since) {

    /**
     * @param goneAfter milliseconds
     * @param began the picture's begin. A reader that has something older has facts that a reset has deleted, so it
     *     gets everything
     */
    static Range of(PictureQuery query, Picture.Source source, Scale scale, long goneAfter, long began, long now) {
        boolean recording = source == Picture.Source.RECORDING;
        long known = Math.max(now - began, 1);
        long length = Math.min(query.range(), recording ? known : scale.span());
        int resolution = scale.of(length);
        Scale.Resolution columns = scale.resolutions().get(resolution);
        long end = columns.column(now) + 1;
        long since = query.since() <= began ? 0 : query.since();
        long oldest = Math.max(columns.column(now - length) + 1, end - columns.slots());
        long firstOfAll = recording ? Math.max(columns.column(began), end - columns.slots()) : oldest;
        return new Range(
                source,
                now,
                now - goneAfter,
                resolution,
                columns.step(),
                firstOfAll,
                Math.max(firstOfAll, columns.column(since)),
                end,
                recording ? began : now - length,
                since);
    }

    boolean isLive() {
        return source == Picture.Source.LIVE;
    }

    /** The largest value of a series from a column on; -1 if none is known. */
    double max(Series series, long firstColumn) {
        return series.max(resolution, firstColumn, end);
    }
}
