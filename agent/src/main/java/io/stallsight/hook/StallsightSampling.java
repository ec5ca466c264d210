package io.stallsight.hook;

/**
 * Wakes the sampling thread when a task begins to wait in a pool, as {@link StallsightWatch} wakes the watching thread.
 *
 * <p><b>Problem.</b> A pool in which tasks wait is looked at ten times a second, an idle one once an interval. Only the
 * thread that queues a task knows that the idle time is over.
 *
 * <p><b>Algorithm.</b> Before it sleeps until the end of the interval, the sampling thread sets a flag, then looks once
 * more whether a task waits. A thread that queues a task reads the flag after it has remembered the task. The first one
 * that finds the flag set clears it and wakes the sampling thread.
 */
public final class StallsightSampling {

    private static volatile boolean asleep;

    private StallsightSampling() {}

    /** The sampling thread is about to sleep until the end of the interval. */
    public static void fallAsleep() {
        asleep = true;
    }

    /** The sampling thread is awake. */
    public static void awake() {
        asleep = false;
    }

    public static boolean isAsleep() {
        return asleep;
    }

    /** A task was put into {@code queue}: ends the sleep, if there is one, and if the task is remembered. */
    static void wake(StallsightEngine engine, StallsightQueue queue) {
        if (asleep && queue.holdsTask()) {
            asleep = false; // one ring is enough
            engine.wakeSampling();
        }
    }
}
