package io.stallsight.engine.fact;

/**
 * Something that was observed. The room that observes makes one, and every output takes that one.
 *
 * <p>Every time of a fact is in nanoseconds, on one scale for all facts that come together. In a running JVM the scale
 * is {@link System#nanoTime()}, which no change of the wall clock moves. In a recording it is nanoseconds since 1970.
 * An output that shows wall time converts with the clock of its source.
 */
public sealed interface Fact permits DownstreamSample, IntervalEnd, Lasting, LoopSample, Notice, PoolSample {

    /** When it was observed. */
    long time();
}
