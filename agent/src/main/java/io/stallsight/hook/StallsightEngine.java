package io.stallsight.hook;

/**
 * What the engine provides to the hooks. Each method runs on the thread of the application that came to the hook, with
 * the re-entrancy guard up: nothing that it calls is intercepted, except on a virtual thread without a state. The hook
 * counts what a method throws and keeps it from the application.
 */
public abstract class StallsightEngine {

    /** Decides whether the thread may block, and sets that and what follows from it in {@code state}. */
    public abstract void classify(StallsightThread state);

    /**
     * What a thread that is {@linkplain StallsightThread#isDynamic dynamic} does right now.
     *
     * @return a constant of {@link StallsightRole}
     */
    public abstract int roleNow(StallsightThread state);

    /** {@code thread} is about to start; runs on the starting thread. */
    public abstract void threadStarting(Thread thread);

    /** {@code thread} could not be started; runs on the starting thread. */
    public void threadStartFailed(Thread thread) {}

    /** The thread of {@code state} ends. */
    public abstract void threadEnding(StallsightThread state);

    /**
     * A blocking call is about to begin on a non-blocking thread; its point and operands are in {@code state}.
     *
     * @return the error to be thrown instead of the call (strict mode), or null to let it happen
     */
    public abstract Throwable refuse(StallsightThread state);

    /** The blocking call ended after {@code nanos}; its point and operands are still in {@code state}. */
    public abstract void exited(StallsightThread state, long nanos);

    /** The thread came to a hook while something is {@linkplain StallsightThread#pending pending} on it. */
    public abstract void publishPending(StallsightThread state);

    /**
     * A method begins about which the policies of the application want to be asked.
     *
     * @return the error to be thrown instead of the method, or null to let it happen
     */
    public abstract Throwable askPolicies(StallsightThread state, int point);

    /**
     * A select that may wait begins, with a selector that is not known to be this thread's own.
     *
     * @return a constant of {@code StallsightSelectors}: {@code IGNORED}, {@code LOOP}, {@code BLOCKING} or
     *     {@code UNPROVEN}
     */
    public abstract int selecting(StallsightThread state, Object selector);

    /** A select on a non-blocking thread that was neither a loop's nor ignored ended after {@code nanos}. */
    public abstract void selected(StallsightThread state, Object selector, long nanos, boolean proven);

    /** This thread closed {@code selector}. */
    public abstract void selectorClosed(StallsightThread state, Object selector);

    /** A thread does what only event loops do. */
    public abstract void loopSeen(StallsightThread state, int point);

    /** The loop of the thread begins to wait for work, for the first time. */
    public void loopWaits(StallsightThread state) {}

    /**
     * A tick that is at least as long as the loop's slow ones ended.
     *
     * @param start {@link System#nanoTime()}, as {@code end}
     */
    public abstract void slowTick(StallsightThread state, StallsightLoop loop, long start, long end);

    /** A loop begins to work while the watching thread sleeps. It must not wait. */
    public void wakeWatch() {}

    /** A task is queued while the sampling thread sleeps. It must not wait. */
    public void wakeSampling() {}

    /**
     * How often the kernel has put the thread of {@code loop} on a CPU. The number stays the same while a thread runs
     * without a break, so a poll has not waited if it is the same before and after. -1 if it is not known.
     */
    public long runs(StallsightLoop loop) {
        return -1;
    }

    /**
     * The hooks met an executor that has no queue yet.
     *
     * @return its queue, or null if it is of no interest
     */
    public abstract StallsightQueue queueSeen(Object executor);

    /**
     * A connection is about to be connected.
     *
     * @return stands for the connection in {@link #connectFailed}; null if it is not counted
     */
    public abstract Object connecting(Object connection, Object remote);

    /** The connect threw; {@code counted} is what {@link #connecting} returned. */
    public abstract void connectFailed(Object counted);

    /** A connection is about to be closed, which may be one that was accepted, or that is closed again. */
    public abstract void disconnected(Object connection);

    /**
     * The two ports of a connection: the local one times 2^16, plus the remote one; 0 if it has none (yet). At the
     * other end it is the other way round.
     */
    public abstract long connectionKey(Object connection);

    /** A client has begun an outbound request, which is over when the future {@code answer} completes. */
    public void exchangeSent(Object exchange, Object answer) {}

    /** A client begins an outbound request; {@code sender} sends it, and may be null. */
    public void exchangeBegins(Object exchange, Object sender) {}

    /** An outbound request is over, perhaps not for the first time; {@code outcome} may be null. */
    public void exchangeEnds(Object exchange, Object outcome) {}

    /** An outbound request has failed or is cancelled, unless it is over already. */
    public void exchangeFails(Object exchange) {}

    /**
     * The thread has served its request for {@code nanos}, which may have been long, or something is
     * {@linkplain StallsightThread#pending pending} on it.
     */
    public void requestServed(StallsightThread state, long nanos) {}

    /** Another trace is about to become current on the loop's thread, which may have worked long for this one. */
    public void traceEnds(StallsightThread state, StallsightLoop loop) {}

    /** The loop begins to process a message, while it is measured when its requests come. */
    public void messageRead(StallsightLoop loop, Object channel, Object message) {}

    /** The loop's thread begins to serve a request, while it is measured when they come. */
    public void requestBegins(StallsightThread state, StallsightLoop loop) {}

    /**
     * The thread is about to end serving a request that waited for the loop, or may have.
     *
     * @param late for what the running tick did before
     * @param waited for the last slow tick
     */
    public void requestWaited(StallsightThread state, boolean late, boolean waited) {}

    /** The thread has begun to serve a request, whose work is followed in {@code context}. */
    public void requestFollows(StallsightThread state, long context) {}

    /** The thread is about to end serving a request, whose work was followed in {@code context}. */
    public void requestFollowed(StallsightThread state, long context) {}

    /** {@code what} will connect or borrow a connection, and was made by the current thread. */
    public void made(Object what) {}

    /** The origin of {@code from} is that of {@code to} as well. */
    public void passed(Object from, Object to) {}

    /** The line that has borrowed a connection on this thread right now; null if it is not known. */
    public StackTraceElement borrowingLine() {
        return null;
    }

    /** The name of {@code semaphore}, which the current thread makes; null if it is not followed. */
    public String nameOfLimit(Object semaphore) {
        return null;
    }

    /** How many permits {@code owner} has, of a class that the catalog names; not positive if it is not known. */
    public int permitsOf(Object owner) {
        return 0;
    }

    /**
     * Another tool is about to instrument this JVM, on behalf of the application.
     *
     * @return whether the engine does its work from here on, so that the tool must not
     */
    public abstract boolean takeOver(Object tool);

    /** {@code host}, met at this point, can show what the agent knows. The same one may come often. */
    public void hostSeen(int point, Object host) {}
}
