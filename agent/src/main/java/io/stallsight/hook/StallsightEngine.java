package io.stallsight.hook;

/**
 * What the engine provides to the hooks. All methods run on the application's thread with the re-entrancy guard of
 * {@code state} raised, so that nothing they call is itself intercepted. What they throw is counted and swallowed by
 * the hooks.
 */
public abstract class StallsightEngine {

    /** Decides what kind of thread this is and sets {@link StallsightThread#mayBlock} and its companions. */
    public abstract void classify(StallsightThread state);

    /** For threads with a dynamic rule: must the thread not block right now? */
    public abstract boolean nonBlockingNow(StallsightThread state);

    /**
     * A blocking call is about to begin on a non-blocking thread; its point and operands are in {@code state}.
     *
     * @return the error to be thrown instead of the call ({@code strict}), or null to let it happen
     */
    public abstract Throwable refuse(StallsightThread state);

    /**
     * A method begins about which a policy of the application wants to be asked: {@link StallsightThread#asked} was
     * set. What the policy throws is what is returned.
     *
     * @return what is thrown instead of the call, or null to let it happen
     */
    public abstract Throwable ask(StallsightThread state, int point);

    /**
     * Another tool is about to instrument this JVM, on behalf of the application.
     *
     * @return whether the engine does its work from here on, so that it must not
     */
    public abstract boolean takeOver(Object tool);

    /** The blocking call ended after {@code nanos}; its point and operands are still in {@code state}. */
    public abstract void exited(StallsightThread state, long nanos);

    /** A thread runs an idle point that only event loops run. */
    public abstract void loopSeen(StallsightThread state, int point);

    /**
     * A select that may wait begins, with a selector that is not known to be this thread's own.
     *
     * @return one of the constants of {@link StallsightSelectors}
     */
    public abstract int selecting(StallsightThread state, Object selector);

    /** A select on a non-blocking thread that was neither a loop's nor ignored ended after {@code nanos}. */
    public abstract void selected(StallsightThread state, Object selector, long nanos, boolean proven);

    /** This thread closed {@code selector}. */
    public abstract void selectorClosed(StallsightThread state, Object selector);

    /** A tick of at least {@link StallsightLoop#slowNanos} ended; times are {@link System#nanoTime()}. */
    public abstract void slowTick(StallsightThread state, StallsightLoop loop, long start, long end);

    /**
     * An executor was met for the first time.
     *
     * @return its queue, or null if it is of no interest
     */
    public abstract StallsightQueue queueSeen(Object executor);

    /**
     * A connection is about to be made. On a virtual thread nothing keeps what is called from being intercepted.
     *
     * @return stands for the connection in {@link #connectFailed}; null if it is not counted
     */
    public abstract Object connecting(Object connection, Object remote);

    /** The connect threw; {@code token} is what {@link #connecting} returned. */
    public abstract void connectFailed(Object token);

    /** A connection is about to be closed, which may be one that was accepted or that is closed again. */
    public abstract void disconnected(Object connection);

    /**
     * The two ends of a connection: the local port times 2^16, and the remote one; 0 if it has none (yet). At the other
     * end it is the other way round.
     */
    public abstract long connectionKey(Object connection);

    /** {@code host}, met at this hook, can show what the agent knows. Often the same one again. */
    public void hostSeen(int point, Object host) {}

    /** {@code what} will connect or ask for a connection, and was made by the current thread. */
    public void made(Object what) {}

    /** What {@code from} was made by, {@code to} is made by as well. */
    public void passed(Object from, Object to) {}

    /** The thread comes to an idle point or to another hook while something is to be published on its behalf. */
    public abstract void publishPending(StallsightThread state);

    /** {@code thread} is about to start; runs on the starting thread. */
    public abstract void threadStarting(Thread thread);

    /** The thread of {@code state} ends. */
    public abstract void threadEnding(StallsightThread state);
}
