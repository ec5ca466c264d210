package io.stallsight.engine.picture;

/**
 * The outbound connections to one downstream in one interval.
 *
 * @param id {@code host:port}
 */
public record DownstreamRow(String id, int inFlight, int peak, int highWater, long connects, long failed) {}
