package io.stallsight.engine.picture;

/** The values of one number over time, in every resolution of a scale. Not thread-safe. */
final class Series {

    private final Ring[] rings;

    Series(Scale scale, Ring.Merge merge) {
        rings = new Ring[scale.resolutions().size()];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new Ring(scale.resolutions().get(i), merge);
        }
    }

    void add(long time, double value) {
        for (Ring ring : rings) {
            ring.add(time, value);
        }
    }

    /** @param resolution index in the scale */
    Ring in(int resolution) {
        return rings[resolution];
    }
}
