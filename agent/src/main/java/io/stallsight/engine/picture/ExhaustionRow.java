package io.stallsight.engine.picture;

import java.util.List;

/**
 * A pool was full for longer than the threshold. A later row with the same id replaces the former one.
 *
 * @param start milliseconds since 1970
 * @param nanos so far
 * @param sites what its workers did, most frequent first
 */
public record ExhaustionRow(
        String id, String pool, long start, long nanos, String evidence, String advice, List<Site> sites) {

    /**
     * Workers that do the same.
     *
     * @param site the application's frame, empty if there is none
     * @param stack of one of them, innermost frame first
     */
    public record Site(int workers, String site, String doing, List<String> stack) {}

    /** Until when it is known to have gone on; milliseconds since 1970. */
    long end() {
        return start + nanos / 1_000_000;
    }
}
