package io.stallsight.engine.picture;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many facts had to make room for newer ones, by the minute in which they ended. Those that ended more than an hour
 * before the newest are one number, as a range that begins earlier is that of a whole recording. Guarded by the
 * picture.
 */
final class Evictions {

    private static final int MINUTES = 61;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    private final int[] counts = new int[MINUTES];
    private long newest;
    private int older;

    /** @param at when the fact ended, milliseconds since 1970 */
    void add(long at) {
        long minute = at / MINUTE;
        for (long cleared = Math.max(newest, minute - MINUTES) + 1; cleared <= minute; cleared++) {
            older += counts[(int) (cleared % MINUTES)];
            counts[(int) (cleared % MINUTES)] = 0;
        }
        newest = Math.max(newest, minute);
        if (minute > newest - MINUTES) {
            counts[(int) (minute % MINUTES)]++;
        } else {
            older++;
        }
    }

    /** Those that ended after this time, milliseconds since 1970, or less than a minute before. */
    int after(long time) {
        long first = Math.max(0, time / MINUTE);
        int sum = first <= newest - MINUTES ? older : 0;
        for (long minute = Math.max(first, Math.max(0, newest - MINUTES + 1)); minute <= newest; minute++) {
            sum += counts[(int) (minute % MINUTES)];
        }
        return sum;
    }

    void clear() {
        Arrays.fill(counts, 0);
        older = 0;
    }
}
