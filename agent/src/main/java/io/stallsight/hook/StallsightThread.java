package io.stallsight.hook;

import java.util.concurrent.atomic.AtomicReference;

/**
 * What the agent knows of one thread: whether it may block, whether its calls are watched at this moment, and the state
 * of each subject, which is private to the class of the subject. The thread itself writes and reads it; where another
 * thread may, the method says so.
 *
 * <p>A platform thread gets one at its first woven call (about 200 bytes, collected with the thread). A virtual thread
 * gets one only if {@link StallsightVirtualThreads} says that it is watched.
 */
@SuppressWarnings("ReferenceEquality") // see isUpToDate
public final class StallsightThread {

    /** See {@link #policies}. */
    public static final int NO_POLICIES = 0;

    private final Thread thread;
    private final StallsightCall call = new StallsightCall();
    private final StallsightRun run = new StallsightRun();
    private final StallsightTaskCount tasks = new StallsightTaskCount();
    private final StallsightRequest request = new StallsightRequest();
    private final StallsightTraced traced = new StallsightTraced();
    private final StallsightBorrower borrower = new StallsightBorrower();
    private final StallsightPoolCall poolCall = new StallsightPoolCall();
    private final StallsightAttribution attribution = new StallsightAttribution();
    private final AtomicReference<Object> pending = new AtomicReference<>();
    private final int engineNumber;

    private String name;
    private int epoch;
    private Object engineRecord;

    private volatile boolean mayBlock = true;
    private boolean dynamic;
    private boolean excluded;
    private int policies = NO_POLICIES;
    private boolean knowsSelectors;
    private boolean proving;
    private StallsightLoop loop;
    private int hiddenFrames;
    private final StallsightSpan idle = new StallsightSpan();
    private final StallsightSpan quiet = new StallsightSpan();
    private final StallsightSpan poll = new StallsightSpan();

    /**
     * The re-entrancy guard: open while the agent itself works on this thread. {@link StallsightHook} alone uses it.
     */
    final StallsightSpan agentWork = new StallsightSpan();

    StallsightThread(Thread thread, int engineNumber) {
        this.thread = thread;
        this.engineNumber = engineNumber;
    }

    /** May be called by any thread. */
    public Thread thread() {
        return thread;
    }

    /** The blocking call in progress. */
    public StallsightCall call() {
        return call;
    }

    StallsightRun run() {
        return run;
    }

    StallsightTaskCount tasks() {
        return tasks;
    }

    /** Whether the thread runs a task that it took from the queue. May be called by any thread. */
    public boolean runsTaskOf(StallsightQueue queue) {
        return run.isFrom(queue);
    }

    /** The request that the thread serves. */
    public StallsightRequest request() {
        return request;
    }

    /** How long the current trace has been current. */
    public StallsightTraced traced() {
        return traced;
    }

    StallsightBorrower borrower() {
        return borrower;
    }

    StallsightPoolCall poolCall() {
        return poolCall;
    }

    StallsightAttribution attribution() {
        return attribution;
    }

    /** The context to which the thread's work is attributed, 0 if it is not known. May be called by any thread. */
    public long context() {
        return attribution.current();
    }

    /** Whether the borrower that called a pool of connections on this thread is the one that the pool serves. */
    public boolean servesOwnBorrower() {
        return borrower.isServed();
    }

    /** Where the agent's threads leave what this thread is to publish at its next hook. */
    public AtomicReference<Object> pending() {
        return pending;
    }

    boolean hasPending() {
        return pending.get() != null;
    }

    /** The engine's own record of this thread, or null. */
    public Object engineRecord() {
        return engineRecord;
    }

    public void setEngineRecord(Object record) {
        engineRecord = record;
    }

    /** Whether nothing is watched on the thread, since it is allowed to block. May be called by any thread. */
    public boolean mayBlock() {
        return mayBlock;
    }

    /** The thread may block from here on: its ticks are of no interest. */
    public void letBlock() {
        mayBlock = true;
        loop = null;
        request.tickEnds();
    }

    /**
     * The thread must not block from here on.
     *
     * @param ticks measures its ticks; null if that is not wanted
     */
    public void mustNotBlock(StallsightLoop ticks) {
        mayBlock = false;
        loop = ticks;
        if (request.isUntimed() && !request.over) {
            request.end(); // nothing is known of when it began
        }
    }

    /** The ticks of a thread that must not block, or null. May be called by any thread. */
    public StallsightLoop loop() {
        return loop;
    }

    /**
     * Whether the thread changes its role: the engine says at each moment whether it may block, see
     * {@link StallsightRole}.
     */
    public boolean isDynamic() {
        return dynamic;
    }

    public void setDynamic(boolean dynamic) {
        this.dynamic = dynamic;
    }

    /** Whether nothing that the thread does makes it a non-blocking one: it is an agent's, or a rule excludes it. */
    public boolean isExcluded() {
        return excluded;
    }

    public void setExcluded(boolean excluded) {
        this.excluded = excluded;
    }

    /**
     * The engine's number for the policies of the application that have a say in calls on this thread;
     * {@link #NO_POLICIES} if none has.
     */
    public int policies() {
        return policies;
    }

    public void setPolicies(int number) {
        policies = number;
    }

    /** Whether the engine wants to know when this thread closes a selector. */
    boolean knowsSelectors() {
        return knowsSelectors;
    }

    public void setKnowsSelectors() {
        knowsSelectors = true;
    }

    /** Whether the self-test records which points run on this thread. */
    boolean isProving() {
        return proving;
    }

    public void setProving(boolean proving) {
        this.proving = proving;
    }

    /** The number of the agent's frames that JFR is to leave out of a stack, see {@link StallsightFrames}. */
    int hiddenFrames() {
        return hiddenFrames;
    }

    void setHiddenFrames(int frames) {
        hiddenFrames = frames;
    }

    /** Whether the thread waits for work. May be called by any thread, which sees a change a little late. */
    public boolean isIdle() {
        return !idle.over;
    }

    /** The outermost wait for work. */
    StallsightSpan idle() {
        return idle;
    }

    /** A select of the loop that does not wait. */
    StallsightSpan poll() {
        return poll;
    }

    /** The outermost work of the JVM itself in which no call is watched. */
    StallsightSpan quiet() {
        return quiet;
    }

    /**
     * Whether the thread works as a loop that has always been one, outside of the agent and of the self-test, and has
     * nothing to publish: the end of a round without work changes nothing but {@link #loop}.
     */
    boolean isPlain() {
        return idle.over && agentWork.over && !dynamic && !proving && pending.get() == null;
    }

    /** Whether a woven call is one to look at: the thread neither waits for work nor does work of the JVM itself. */
    boolean isWatched() {
        return idle.over && quiet.over;
    }

    /**
     * The thread is about to wait for its next work, or to begin it: nothing that it began before is in progress, even
     * if its end was never seen.
     */
    void putRight() {
        quiet.over = true;
        poolCall.clear();
        if (!request.over) {
            request.end();
        }
        if (call.point() != 0 || call.isReported()) {
            call.end();
        }
    }

    /** Compares the reference of the name, not its content: a rename always sets another string. */
    boolean isUpToDate(String nameNow, int epochNow) {
        return epoch == epochNow && name == nameNow;
    }

    void bringUpToDate(String nameNow, int epochNow) {
        name = nameNow;
        epoch = epochNow;
    }

    boolean isOfEngine(int number) {
        return engineNumber == number;
    }

    /** Takes over what outlives an engine from the state that the thread had before. */
    void inherit(StallsightThread former) {
        proving = former.proving;
        attribution.copy(former.attribution);
    }
}
