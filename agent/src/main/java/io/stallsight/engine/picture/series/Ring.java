package io.stallsight.engine.picture.series;

import java.util.Arrays;

/**
 * The values of one series in one resolution, one for each column of time.
 *
 * <p>A chart needs the last few hundred columns, and memory must not grow. So the values are an array that is used as a
 * ring: column {@code n} is at {@code n} modulo the length, and {@code newest} says up to which column the ring goes. A
 * value of a later column moves {@code newest} and clears the columns between. A value of a column that is still there
 * merges with its value. NaN marks a column without a value. Given up: the time of a value within its column. Not
 * thread-safe.
 */
final class Ring {

    private static final long NONE = Long.MIN_VALUE;

    private final Scale.Resolution resolution;
    private final Series.Merge merge;
    private final float[] values;
    private long newest = NONE;
    private int inNewest;

    Ring(Scale.Resolution resolution, Series.Merge merge) {
        this.resolution = resolution;
        this.merge = merge;
        this.values = new float[resolution.slots()];
    }

    /** @param time milliseconds since 1970; a value older than the oldest column is left out */
    void add(long time, double value) {
        long column = resolution.column(time);
        if (newest == NONE) {
            Arrays.fill(values, Float.NaN);
            newest = column - 1;
            advance(column);
        } else if (column > newest) {
            boolean skippedOne = column == newest + 2 && merge != Series.Merge.SUM;
            advance(column);
            if (skippedOne) {
                // samples are an interval and a little more apart: without this, a chart would have a hole now and then
                values[slot(column - 1)] = (float) value;
            }
        } else if (column <= newest - values.length) {
            return;
        }
        int slot = slot(column);
        float before = values[slot];
        if (Float.isNaN(before)) {
            values[slot] = (float) value;
            inNewest = column == newest ? 1 : inNewest;
            return;
        }
        switch (merge) {
            case MAX -> values[slot] = Math.max(before, (float) value);
            case SUM -> values[slot] = before + (float) value;
            case MEAN -> {
                int count = column == newest ? ++inNewest : 2; // a late value is one of few
                values[slot] = before + ((float) value - before) / count;
            }
        }
    }

    /** NaN where nothing is known. */
    float at(long column) {
        return newest == NONE || column > newest || column <= newest - values.length ? Float.NaN : values[slot(column)];
    }

    private void advance(long column) {
        long first = Math.max(newest + 1, column - values.length + 1);
        for (long each = first; each <= column; each++) {
            values[slot(each)] = Float.NaN;
        }
        newest = column;
        inNewest = 0;
    }

    private int slot(long column) {
        return (int) Math.floorMod(column, (long) values.length);
    }
}
