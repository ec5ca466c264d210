package io.stallsight.engine.thread;

import java.lang.management.LockInfo;
import java.lang.management.ThreadInfo;
import org.jspecify.annotations.Nullable;

/** A thread at one moment: its state, its stack if that was asked for, and the monitor that it waits for. */
public final class ThreadGlance {

    private static final StackTraceElement[] NO_STACK = {};

    private final Thread.State state;
    private final StackTraceElement[] stack;
    private final @Nullable String monitor;
    private final long ownerId;
    private final @Nullable String ownerName;
    private final long blockedCount;

    private ThreadGlance(
            Thread.State state,
            StackTraceElement[] stack,
            @Nullable String monitor,
            long ownerId,
            @Nullable String ownerName,
            long blockedCount) {
        this.state = state;
        this.stack = stack;
        this.monitor = monitor;
        this.ownerId = ownerId;
        this.ownerName = ownerName;
        this.blockedCount = blockedCount;
    }

    static ThreadGlance of(ThreadInfo info) {
        LockInfo lock = info.getLockInfo();
        return new ThreadGlance(
                info.getThreadState(),
                info.getStackTrace(),
                lock == null ? null : lock.getClassName(),
                info.getLockOwnerId(),
                info.getLockOwnerName(),
                info.getBlockedCount());
    }

    /** Nothing but the state is known. */
    static ThreadGlance ofUnmanaged(Thread thread) {
        return new ThreadGlance(ThreadFacts.state(thread), NO_STACK, null, -1, null, -1);
    }

    /** Nothing but the stack is known, and that the thread has run about then. */
    static ThreadGlance running(StackTraceElement[] stack) {
        return new ThreadGlance(Thread.State.RUNNABLE, stack, null, -1, null, -1);
    }

    ThreadGlance withStack(StackTraceElement[] taken) {
        return new ThreadGlance(state, taken, monitor, ownerId, ownerName, blockedCount);
    }

    /** Whether the thread has not begun or ended a wait for a monitor from one to the other, as far as is known. */
    boolean isSameMoment(ThreadGlance earlier) {
        return state == earlier.state && blockedCount == earlier.blockedCount;
    }

    public Thread.State state() {
        return state;
    }

    /** Innermost frame first; empty if it was not asked for, or the thread has none. */
    public StackTraceElement[] stack() {
        return stack;
    }

    /** Id of the thread that has the monitor; -1 if not known. */
    public long ownerId() {
        return ownerId;
    }

    /** Name of the thread that has the monitor; null if not known. */
    public @Nullable String ownerName() {
        return ownerName;
    }

    /** How often the thread has waited for a monitor; -1 if not known. */
    public long blockedCount() {
        return blockedCount;
    }

    /** Whether it waits for a monitor that is no finding: for the agent, or for a class to be initialised. */
    public boolean waitsForNobody() {
        return AgentThread.isNameOfAgent(ownerName) || isClassInitialization();
    }

    /**
     * Whether another thread initialises a class that this one needs: no finding, as is class loading. HotSpot makes an
     * empty {@code int[]} for the purpose, see {@code InstanceKlass::init_lock} in <a
     * href="https://github.com/openjdk/jdk/blob/jdk-17-ga/src/hotspot/share/oops/instanceKlass.cpp">instanceKlass.cpp</a>.
     */
    private boolean isClassInitialization() {
        return "[I".equals(monitor);
    }

    /** The monitor and its owner, for people. */
    public String waitsFor() {
        return (monitor == null ? "a monitor" : monitor) + (ownerName == null ? "" : " held by " + ownerName);
    }
}
