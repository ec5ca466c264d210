package io.stallsight.engine.fact;

/**
 * The samples of one interval are complete.
 *
 * @param time the end of the interval; see {@link Fact}
 */
public record IntervalEnd(long time) implements Fact {}
