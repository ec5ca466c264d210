package io.stallsight.engine.recording;

/**
 * The part of a recording that is read.
 *
 * @param from milliseconds since 1970, as {@code to}
 */
record Span(long from, long to) {

    boolean touches(long start, long end) {
        return end >= from && start <= to;
    }
}
