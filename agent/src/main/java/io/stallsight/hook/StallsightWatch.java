package io.stallsight.hook;

/**
 * Wakes the watching thread when a thread begins to work.
 *
 * <p><b>Problem.</b> While all loops wait for work nothing can be late, so the watching thread should sleep. But the
 * first tick may be a long one, and only a loop knows that it begins.
 *
 * <p><b>Algorithm.</b> Before a long sleep the watching thread sets a flag, then looks once more whether a loop works.
 * The beginning of a tick reads the flag, which costs a load, and so does the end of a blocking call; the first that
 * finds it set clears it and wakes the watching thread. A wake-up is what an idle loop pays for, and some loops wake up
 * once a second without any work (those of Netty 4.2). So a tick whose poll found no I/O event rings only when it takes
 * its first task, if the loop is one whose tasks are seen ({@link StallsightLoop#seesTasks}).
 *
 * <p><b>Given up.</b> The loop's write of its beginning and its read of the flag may change places, as a fence would
 * cost each tick more than all the rest. Then the watching thread sleeps on until the next tick, or until the end of
 * its sleep. The same holds for work of such a loop that is neither an I/O event nor a task. The end of a long tick
 * wakes it too, so the stall is reported all the same, without samples.
 */
public final class StallsightWatch {

    private static volatile boolean asleep;

    private StallsightWatch() {}

    /** The watching thread is about to sleep for long. */
    public static void fallAsleep() {
        asleep = true;
    }

    /** The watching thread is awake. */
    public static void awake() {
        asleep = false;
    }

    public static boolean isAsleep() {
        return asleep;
    }

    /** The current thread begins to work: ends the sleep, if there is one. */
    static void wake(StallsightEngine engine) {
        if (asleep) {
            asleep = false; // one ring is enough
            engine.wakeWatch();
        }
    }
}
