package io.stallsight.engine.fact;

/** Takes what the monitors find. Called on threads of the agent; an implementation may do nothing with some of it. */
public interface MonitorListener {

    /** Every loop, once an interval. */
    default void loop(LoopSample sample) {}

    /** All samples of an interval have been told. */
    default void sampled() {}

    /** A stall ended, or has gone on for another second. */
    default void stall(Stall stall) {}

    /** Every pool, once an interval. */
    default void pool(PoolSample sample) {}

    /** A pool is exhausted, and again while it goes on. */
    default void exhausted(PoolExhaustion exhaustion) {}

    /** Every downstream to which connections were in flight, once an interval, and once more when there are none. */
    default void downstream(DownstreamSample sample) {}

    /** A site has crossed the threshold; again only after it fell below half of it. */
    default void fanOut(FanOut fanOut) {}

    /** A virtual thread kept its carrier while it waited. */
    default void pinned(Pinned pinned) {}

    /** A loop waits for itself; told while it does. */
    default void selfDeadlock(SelfDeadlock deadlock) {}
}
