package io.stallsight.engine.watch;

/**
 * The time between two samples.
 *
 * @param end {@link System#nanoTime()}
 * @param nanos its length
 * @param ownDelay how late the agent's own thread was woken at the most; nanoseconds. So late is a thread on this
 *     machine that has nothing else to wait for
 */
public record Interval(long end, long nanos, long ownDelay) {}
