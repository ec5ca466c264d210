package io.stallsight.engine.fact;

/**
 * The outbound connections to one downstream in one interval.
 *
 * @param time the end of the interval; see {@link Fact}
 * @param name {@code host:port}, the path of a local socket, or {@code others} for those beyond the first thousand
 * @param inFlight connections between the begin of their connect and their end
 * @param peak the most of them at once in the interval
 * @param highWater the most of them at once since the downstream was first seen
 * @param connects that began in the interval
 * @param failed connects that failed in the interval
 */
public record DownstreamSample(
        long time, String name, int inFlight, int peak, int highWater, long connects, long failed) implements Fact {}
