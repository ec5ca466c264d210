package io.stallsight.engine.thread;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the agent that calls methods of the application ({@link Callee}), and that another one replaces when such
 * a call hangs.
 *
 * <p><b>Problem.</b> A call of the application may take for ever, and must then stop nothing but itself. A thread for
 * each call, or a timer, would cost a wake-up for each.
 *
 * <p><b>Algorithm.</b> The calling thread only numbers its calls. The watching thread, which wakes at least once a
 * second anyway, looks at the number. A call that is the same for a second hangs. It is given up: a new thread begins
 * the same work, and the lost one ends as soon as its call returns. Of the time between two looks at most
 * {@value #MAX_GAP_MILLIS} ms count, since the whole process may have been stopped. Of the time of a thread that runs,
 * waits for a CPU or is in native code, a quarter counts.
 *
 * <p><b>Given up.</b> The work that the lost thread was in the middle of is not completed. A thread that never returns
 * from its call cannot be ended: it is a daemon, so the JVM ends all the same, but until then it keeps the engine's
 * classes, also after a detach.
 */
public final class CallingThread {

    private static final long LIMIT = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_GAP_MILLIS = 250;
    private static final long MAX_GAP = TimeUnit.MILLISECONDS.toNanos(MAX_GAP_MILLIS);

    /** A thread that has no CPU does not hang, and the JVM does not say which threads have none. */
    private static final int RUNNING = 4;

    private static final long STOP_TIMEOUT_MILLIS = 1_000;

    /** For a method that listens to an interrupt. One that does not is not waited for, as the JVM may be ending. */
    private static final long INTERRUPT_TIMEOUT_MILLIS = 200;

    private final String name;
    private final AgentThread.Work work;
    private final Queue<AgentThread> lost = new ConcurrentLinkedQueue<>();
    private volatile @Nullable AgentThread thread;

    /** The call that the last look saw, and how long it has lasted. Used by the watching thread. */
    private long seen;

    private long lastLook;
    private long lasted;

    /** @param work begins anew after an error, and on another thread after a call that was given up */
    public CallingThread(String name, AgentThread.Work work) {
        this.name = name;
        this.work = work;
    }

    public void start() {
        AgentThread first = AgentThread.calling(name, work);
        thread = first;
        first.start();
    }

    /**
     * To be called when the work is about to return. Waits for it no longer than a second; a call of the application
     * that hangs is interrupted then.
     */
    public void stop() throws InterruptedException {
        AgentThread last = thread;
        if (last != null) {
            last.join(STOP_TIMEOUT_MILLIS);
            lost.add(last);
        }
        for (AgentThread one : lost) {
            one.interruptCall();
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(INTERRUPT_TIMEOUT_MILLIS);
        for (AgentThread one : lost) {
            one.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
    }

    /**
     * Looks whether a call hangs. By the watching thread.
     *
     * @return whether the same call was in progress at the last look
     */
    public boolean look(long now) {
        AgentThread current = thread;
        CallInProgress call = current == null ? null : current.call();
        if (current == null || call == null) {
            return false;
        }
        long number = call.number();
        boolean isSame = CallInProgress.isCall(number) && number == seen;
        if (isSame) {
            long gap = Math.min(MAX_GAP, now - lastLook);
            lasted += ThreadFacts.state(current) == Thread.State.RUNNABLE ? gap / RUNNING : gap;
            if (lasted >= LIMIT) {
                giveUp(current, call, number);
            }
        } else {
            seen = number;
            lasted = 0;
        }
        lastLook = now;
        return isSame;
    }

    private void giveUp(AgentThread current, CallInProgress call, long number) {
        StackTraceElement[] stack = ThreadFacts.stack(current);
        Callee callee = call.giveUp(number);
        if (callee != null) {
            lost.removeIf(one -> !one.isAlive());
            lost.add(current);
            seen = 0;
            start();
            HungCalls.add(stack, callee.consequence());
        }
    }
}
