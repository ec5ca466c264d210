package io.stallsight.engine.fact;

/**
 * What was in flight to one downstream in one interval: connections, or requests.
 *
 * @param now in flight at the end of the interval
 * @param peak the most of them at once in the interval
 * @param highWater the most of them at once since the downstream was first seen
 * @param begun that began in the interval
 * @param failed that failed in the interval
 */
public record InFlight(int now, int peak, int highWater, long begun, long failed) {

    /** Nothing was ever in flight. */
    public static final InFlight NONE = new InFlight(0, 0, 0, 0, 0);
}
