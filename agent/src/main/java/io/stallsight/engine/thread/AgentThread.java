package io.stallsight.engine.thread;

import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread of the agent. Hooks leave it alone, and it never keeps the JVM alive.
 *
 * <p>The application cannot end it. Work that goes on as long as the agent is attached begins anew after an error, such
 * as an {@link OutOfMemoryError}, since nobody would miss a thread that looks for what is missing.
 * {@link AgentFailures} says so. Interrupts are ignored: an application may interrupt all threads that it finds, and a
 * thread that sleeps while it is interrupted takes a whole CPU.
 */
public final class AgentThread extends Thread {

    /** What the thread does. */
    public interface Work {
        void run() throws InterruptedException;
    }

    /** Between an error and the next attempt, so that an error that comes at once each time costs little. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String NAME_PREFIX = "stallsight-";

    /** What a library starts on a thread of the agent gets into the same group. */
    private static final ThreadGroup GROUP = new ThreadGroup("stallsight");

    private final Work work;
    private final boolean lasting;

    /** Null if the thread calls no method of the application that may hang. */
    private final @Nullable CallInProgress call;

    /** A thread that does its work once. */
    public AgentThread(String name, Work work) {
        this(name, work, false, null);
    }

    private AgentThread(String name, Work work, boolean lasting, @Nullable CallInProgress call) {
        super(GROUP, null, NAME_PREFIX + name, 0, false);
        this.work = work;
        this.lasting = lasting;
        this.call = call;
        setDaemon(true);
        // the application's loader must not be kept by, or looked up through, a thread of the agent
        setContextClassLoader(null);
    }

    /**
     * A thread whose work begins anew if it throws.
     *
     * @param work returns when the agent is detached, and at once if that was before
     */
    public static AgentThread lasting(String name, Work work) {
        return new AgentThread(name, work, true, null);
    }

    /** As {@link #lasting}; the thread ends if it is given up in a call of the application. */
    static AgentThread calling(String name, Work work) {
        return new AgentThread(name, work, true, new CallInProgress());
    }

    @Nullable
    CallInProgress call() {
        return call;
    }

    /** The call of the application that the current thread is in; null if the thread is none that may be given up. */
    static @Nullable CallInProgress callOfCurrent() {
        return Thread.currentThread() instanceof AgentThread thread ? thread.call : null;
    }

    /** Whether the error ends a thread that was given up. Whatever catches all errors must throw it on. */
    public static boolean isEnd(Throwable error) {
        return error instanceof CallInProgress.GivenUp;
    }

    /** Wakes a method of the application that hangs on this thread. */
    void interruptCall() {
        if (call != null && (call.isInProgress() || call.isGivenUp())) {
            super.interrupt();
        }
    }

    /** Whether the agent has started the thread, or a library on behalf of the agent. */
    public static boolean isOfAgent(Thread thread) {
        return thread instanceof AgentThread || thread.getThreadGroup() == GROUP;
    }

    /** The same by the thread's name, for what the JVM says of the owner of a lock. */
    public static boolean isNameOfAgent(@Nullable String threadName) {
        return threadName != null && threadName.startsWith(NAME_PREFIX);
    }

    /** Does nothing. The agent ends its threads in other ways. */
    @Override
    public void interrupt() {}

    @Override
    public void run() {
        StallsightHook.beginAgentWork();
        attempt(AgentCpu::begins);
        try {
            while (!attempt(work) && lasting) {
                LockSupport.parkNanos(PAUSE);
            }
        } finally {
            attempt(AgentCpu::ends);
        }
    }

    /** Whether the work returned. Memory may be short: what follows an error must not depend on it. */
    private boolean attempt(Work part) {
        try {
            part.run();
            return true;
        } catch (Throwable t) {
            if (isEnd(t)) {
                return true;
            }
            StallsightErrors.suppress(t);
            if (lasting) {
                AgentFailures.failed(this, t.getClass());
            }
            return false;
        }
    }
}
