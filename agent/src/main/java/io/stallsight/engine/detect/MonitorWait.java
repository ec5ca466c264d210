package io.stallsight.engine.detect;

/**
 * A wait of a thread for a contended monitor, as the watching thread saw it. The watching thread makes it while the
 * wait lasts and leaves it in a slot of the waiting thread. The waiting thread takes it out at its next hook and
 * reports it, so that the event is on its thread. If it comes to no hook for a while, the watching thread takes it
 * instead.
 */
public final class MonitorWait {

    /** The thread that has the monitor when the wait is first seen. */
    public enum Owner {
        /** A thread that must not block either: what it does with the monitor is observed on that thread. */
        LOOP,
        OTHER_OR_UNKNOWN
    }

    private final Thread thread;
    private final StackTraceElement[] stack;
    private final String monitor;
    private final Owner owner;
    private final long start;
    private final long context;

    /** {@link System#nanoTime()} at which the watching thread saw that the wait was over, 0 before. */
    private volatile long end;

    /**
     * @param monitor class of the monitor's object and its owner, for the detail
     * @param owner the kind of thread that has the monitor
     * @param start {@link System#nanoTime()}
     * @param context the test or request that the thread works for
     */
    public MonitorWait(
            Thread thread, StackTraceElement[] stack, String monitor, Owner owner, long start, long context) {
        this.thread = thread;
        this.stack = stack;
        this.monitor = monitor;
        this.owner = owner;
        this.start = start;
        this.context = context;
    }

    /** The watching thread sees that the wait is over. */
    public void ended(long now) {
        end = now;
    }

    /** The duration of a wait that is over: it ended when the watching thread saw it, else it ends at this moment. */
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

    Owner owner() {
        return owner;
    }

    long context() {
        return context;
    }
}
