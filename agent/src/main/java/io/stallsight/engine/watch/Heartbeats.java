package io.stallsight.engine.watch;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When a thread of the agent was last awake.
 *
 * <p>The watching thread that wakes up late cannot know whether the whole process was stopped (by a signal, a debugger,
 * the host) or only this thread got no CPU, which says nothing of the loops. So another thread of the agent leaves a
 * beat each time it wakes up, and the process counts as stopped for no longer than the longest time without a beat. The
 * last {@value #KEPT} beats are kept, three seconds of them; of earlier times nothing is known, and all of it counts as
 * silence. One writer, any reader: no lock, and a beat that is being overwritten is a later one.
 *
 * <p>Beats cost wake-ups. So the other thread beats only while they are {@linkplain #want wanted}: while the watching
 * thread follows something.
 */
public final class Heartbeats {

    private static final int KEPT = 64;

    private final AtomicLongArray beats = new AtomicLongArray(KEPT);
    private int next;
    private volatile boolean wanted;

    /** @param now {@link System#nanoTime()} */
    public void beat(long now) {
        beats.set(next, now);
        next = (next + 1) % KEPT;
    }

    /** Sets whether the watching thread needs beats from here on. Returns whether it did not need them before. */
    boolean want(boolean want) {
        boolean begins = want && !wanted;
        if (want != wanted) {
            wanted = want;
        }
        return begins;
    }

    boolean areWanted() {
        return wanted;
    }

    /** The longest time without a beat between two times, nanoseconds. */
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
