package io.stallsight.engine.picture;

import java.util.Comparator;
import java.util.List;

/**
 * One thing that is wrong.
 *
 * @param label what kind of thing, in three words
 * @param weight of troubles of one level the one with the largest is the worst
 */
record Trouble(Verdict.Level level, String label, double weight, String text, List<Verdict.Link> links) {

    /** A trouble that is over for longer is one of the past. */
    static final long PRESENT_MILLIS = 15_000;

    static final Comparator<Trouble> WORST_FIRST = Comparator.comparing(Trouble::level)
            .reversed()
            .thenComparing(Comparator.comparingDouble(Trouble::weight).reversed());
}
