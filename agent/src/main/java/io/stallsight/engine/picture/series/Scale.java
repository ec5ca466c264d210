package io.stallsight.engine.picture.series;

import java.util.List;

/** How time is divided into columns: finely for the last minutes, coarsely for the last hour. */
public final class Scale {

    private static final int FINE_SLOTS = 301;
    private static final int COARSE_SLOTS = 361;
    private static final int COARSENESS = 10;

    /** As many columns of a recording as a screen shows. */
    private static final int RECORDING_SLOTS = 300;

    /**
     * One way to divide it.
     *
     * @param step length of a column, milliseconds
     * @param slots columns that are kept
     */
    public record Resolution(long step, int slots) {

        /** The number of the column that has a time. */
        public long column(long time) {
            return Math.floorDiv(time, step);
        }

        public long span() {
            return step * slots;
        }
    }

    private final List<Resolution> resolutions;

    private Scale(List<Resolution> resolutions) {
        this.resolutions = resolutions;
    }

    /** @param interval between two samples, milliseconds */
    public static Scale live(long interval) {
        return new Scale(
                List.of(new Resolution(interval, FINE_SLOTS), new Resolution(interval * COARSENESS, COARSE_SLOTS)));
    }

    /** The whole of a recording of that length, milliseconds. */
    public static Scale recording(long length) {
        long seconds = Math.max(1, (length - 1) / (RECORDING_SLOTS * 1000L) + 1);
        return new Scale(List.of(new Resolution(seconds * 1000, RECORDING_SLOTS + 2)));
    }

    public List<Resolution> resolutions() {
        return resolutions;
    }

    /** Index of the finest resolution that has that many milliseconds. */
    public int of(long range) {
        for (int i = 0; i < resolutions.size() - 1; i++) {
            if (range < resolutions.get(i).span()) {
                return i;
            }
        }
        return resolutions.size() - 1;
    }

    /** Milliseconds that are kept. */
    public long span() {
        return resolutions.get(resolutions.size() - 1).span();
    }
}
