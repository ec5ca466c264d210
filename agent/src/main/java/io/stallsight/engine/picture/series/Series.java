package io.stallsight.engine.picture.series;

/** The values of one number over time, in every resolution of a scale. Not thread-safe. */
public final class Series {

    /** What becomes of several values of one column. */
    public enum Merge {
        MAX,
        SUM,
        MEAN
    }

    private final Ring[] rings;

    public Series(Scale scale, Merge merge) {
        rings = new Ring[scale.resolutions().size()];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new Ring(scale.resolutions().get(i), merge);
        }
    }

    /** @param time milliseconds since 1970; a value older than the oldest column is left out */
    public void add(long time, double value) {
        for (Ring ring : rings) {
            ring.add(time, value);
        }
    }

    /**
     * The value of a column; NaN if none is known.
     *
     * @param resolution index in the scale
     */
    public float at(int resolution, long column) {
        return rings[resolution].at(column);
    }

    /** The largest value from a column to the one before {@code end}; -1 if none is known. */
    public double max(int resolution, long first, long end) {
        double max = -1;
        for (long column = first; column < end; column++) {
            float value = at(resolution, column);
            if (value > max) { // false for one that is not known
                max = value;
            }
        }
        return max;
    }
}
