package io.stallsight.engine.watch;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When a thread of the agent was last seen alive: what the other one takes for a stop of the process is none if this
 * one went on meanwhile. One writer, any reader.
 */
public final class Heartbeats {

    private static final int KEPT = 64;

    private final AtomicLongArray beats = new AtomicLongArray(KEPT);
    private int next;

    /** @param now {@link System#nanoTime()} */
    public void beat(long now) {
        beats.set(next, now);
        next = (next + 1) % KEPT;
    }

    /** The longest time without a beat between two times; of times long ago nothing is known, and all of it counts. */
    public long longestSilence(long from, long to) {
        long longest = 0;
        long end = to;
        for (int i = 0; i < KEPT; i++) {
            // the latest beat before the end of what has been looked at
            long latest = from;
            for (int k = 0; k < KEPT; k++) {
                long beat = beats.get(k);
                if (beat != 0 && beat - end < 0 && beat - latest > 0) {
                    latest = beat;
                }
            }
            longest = Math.max(longest, end - latest);
            if (latest == from) {
                break;
            }
            end = latest;
        }
        return longest;
    }
}
