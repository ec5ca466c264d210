package io.stallsight.engine.detect;

/**
 * A thread that was seen to queue for a monitor. Made by the watching thread while the wait lasts and left in a slot of
 * the waiting thread; whoever takes it out of the slot publishes it: the waiting thread at its next hook, so that the
 * event is on its thread, or the watching thread if there is none for a while.
 */
public final class MonitorWait {

    private final Thread thread;
    private final StackTraceElement[] stack;
    private final String monitor;
    private final long start;
    private final long context;

    /** {@link System#nanoTime()} when the watching thread saw that the wait was over, 0 before. */
    private volatile long end;

    /**
     * @param monitor class of the lock's object and its owner, for the detail
     * @param start {@link System#nanoTime()}
     * @param context the test or request that the thread works for
     */
    public MonitorWait(Thread thread, StackTraceElement[] stack, String monitor, long start, long context) {
        this.thread = thread;
        this.stack = stack;
        this.monitor = monitor;
        this.start = start;
        this.context = context;
    }

    /** The watching thread saw the end. */
    public void ended(long now) {
        end = now;
    }

    /** The waiting thread runs, so its wait is over, seen or not. */
    long nanos(long now) {
        long seen = end;
        return (seen == 0 ? now : seen) - start;
    }

    /** The thread that waits or waited. */
    public Thread thread() {
        return thread;
    }

    long start() {
        return start;
    }

    StackTraceElement[] stack() {
        return stack;
    }

    String monitor() {
        return monitor;
    }

    long context() {
        return context;
    }
}
