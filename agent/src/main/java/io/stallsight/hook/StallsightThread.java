package io.stallsight.hook;

/**
 * What the agent knows of one thread. Read and written by that thread only, except for the fields marked volatile.
 *
 * <p>Platform threads get one on their first woven call (about 200 bytes, collected with the thread). Virtual threads
 * may block by nature, so they get one only while {@link #watchVirtualThreads} is set (the user named threads that must
 * not block) and they have a name: a million unnamed virtual threads cost nothing.
 */
@SuppressWarnings({
    "NonAtomicVolatileUpdate", // one writer: the thread itself (currentEpoch: under the lock of StallsightHook)
    "ReferenceEquality" // the name's reference is what is compared, see current()
})
public final class StallsightThread {

    private static final ThreadLocal<StallsightThread> LOCAL = new ThreadLocal<>();
    static final Class<?> VIRTUAL_THREAD = virtualThreadClass();
    private static volatile int currentEpoch;

    /** Raised with each engine that comes or goes; {@link #currentEpoch} also when rules change. */
    private static volatile int currentEngine;

    private static volatile boolean watchVirtualThreads;
    private static volatile boolean watchUnnamedThreads;
    private static volatile boolean virtualThreadsSeen;

    public final Thread thread;
    private String name;
    private int epoch;
    private int engineNumber;

    /** The thread is allowed to block: nothing is watched. */
    public volatile boolean mayBlock = true;

    /** The blocking call in progress. */
    public final StallsightCall call = new StallsightCall(this);

    /** Whether it may block changes from call to call: the engine is asked each time. */
    public boolean dynamic;

    /** Never becomes a non-blocking thread by what it does (an agent thread, or excluded by a rule). */
    public boolean excluded;

    /**
     * Whether a policy of the application may have a say in calls on this thread: {@link #NOT_ASKED} or the engine's.
     */
    public int asked;

    /** {@link #asked}: none has. */
    public static final int NOT_ASKED = 0;

    /** In the self-test: record which points run. */
    public boolean proving;

    /** For {@link StallsightFrames}: how many frames of the agent JFR is to leave out of a stack. */
    int hiddenFrames;

    /** Above 0 while the agent itself works on this thread. */
    public int guard;

    /** Stands for who asks a pool of connections for one on this thread right now, or null. */
    public Object asking;

    /** Whether the pool serves somebody else than {@link #asking} meanwhile, as whoever is there first serves all. */
    public boolean servingOther;

    /**
     * Above 0 while the thread waits for work. Not volatile, as it is written twice a tick: others see it a little
     * late.
     */
    public int idle;

    /** Above 0 while the thread does work that is nobody's blocking call. */
    int quiet;

    /**
     * For whom the thread works at the moment: a number that the engine gave, 0 if it is not known. See
     * {@link StallsightContexts}.
     */
    public volatile long context;

    /** For whom it works when it has no task of another: a test's own thread works for the test. */
    private long ownContext;

    /** The engine's own record of this thread (its rule, its selectors, its loop group). */
    public Object engine;

    /** The ticks of a loop; null on a thread that may block. */
    public StallsightLoop ticks;

    /** The executor that this thread last took a task from, and its queue. */
    private Object executor;

    private StallsightQueue queue;

    /** {@link System#nanoTime()} at which a sampled task of {@link #queue} began to run, 0 if none does. */
    private long runStart;

    /** The engine wants to be told when this thread closes a selector. */
    public boolean knowsSelectors;

    /** Something waits to be published on this thread; set by the engine's threads. */
    public final java.util.concurrent.atomic.AtomicReference<Object> pending =
            new java.util.concurrent.atomic.AtomicReference<>();

    private StallsightThread(Thread thread) {
        this.thread = thread;
    }

    private static Class<?> virtualThreadClass() {
        try {
            return Class.forName("java.lang.VirtualThread", false, null);
        } catch (ClassNotFoundException before19) {
            return null;
        }
    }

    /** Works for {@code newContext}; returns for whom it worked on its own account before. */
    long own(long newContext) {
        long before = ownContext;
        ownContext = newContext;
        context = newContext;
        return before;
    }

    /** The task of another is done. */
    void backToOwnContext() {
        if (context != ownContext) {
            context = ownContext;
        }
    }

    static void nextEpoch() {
        currentEpoch++;
    }

    static void nextEngine() {
        currentEngine++;
        currentEpoch++;
    }

    /** Whether named virtual threads are classified too. */
    public static void watchVirtualThreads(boolean watch) {
        watchVirtualThreads = watch;
    }

    /** Whether virtual threads without a name are classified as well, once named ones are. */
    public static void watchUnnamedThreads(boolean watch) {
        watchUnnamedThreads = watch;
    }

    public static boolean isVirtual(Thread thread) {
        return thread.getClass() == VIRTUAL_THREAD;
    }

    /** Whether a virtual thread has come to a hook. */
    public static boolean virtualThreadsSeen() {
        return virtualThreadsSeen;
    }

    /** False if the current thread certainly has no state, which is so for most virtual threads. */
    static boolean mayHaveState() {
        return watchVirtualThreads || Thread.currentThread().getClass() != VIRTUAL_THREAD;
    }

    /** The state that the thread has already; it is not brought up to date. Null if it has none. */
    static StallsightThread known() {
        return LOCAL.get();
    }

    /** At the end of what began with a state: null if the engine was replaced meanwhile. */
    static StallsightThread ofEntry() {
        StallsightThread state = LOCAL.get();
        return state == null || state.engineNumber != currentEngine ? null : state;
    }

    /** The state of the current thread, or null if nothing is to be watched on it. */
    public static StallsightThread current() {
        Thread thread = Thread.currentThread();
        if (thread.getClass() == VIRTUAL_THREAD) {
            if (!virtualThreadsSeen) {
                virtualThreadsSeen = true;
            }
            if (!watchVirtualThreads || !watchUnnamedThreads && thread.getName().isEmpty()) {
                return null;
            }
        }
        StallsightThread state = LOCAL.get();
        // the reference, not the content: a rename always sets another string
        if (state == null || state.epoch != currentEpoch || state.name != thread.getName()) {
            return refresh(thread, state);
        }
        return state;
    }

    private static StallsightThread refresh(Thread thread, StallsightThread old) {
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null || (old != null && old.guard > 0)) {
            return null;
        }
        int epochNow = currentEpoch;
        int engineNow = currentEngine;
        // a former state may be in the middle of a call that the former engine watched: begin afresh
        StallsightThread state = old == null || old.engineNumber != engineNow ? new StallsightThread(thread) : old;
        state.guard++;
        try {
            state.epoch = epochNow;
            state.engineNumber = engineNow;
            state.name = thread.getName();
            LOCAL.set(state);
            if (old != null) {
                state.proving = old.proving;
                state.ownContext = old.ownContext;
                state.context = old.context;
            } else if (StallsightContexts.isOn()) {
                state.context = StallsightContexts.of(thread, 0L); // of who started it
            }
            handler.classify(state);
        } finally {
            state.guard--;
        }
        return state;
    }

    boolean idleEnter(int point) {
        if (proving) {
            StallsightPoints.prove(point);
        }
        if (runStart != 0) {
            endRun();
        }
        try {
            return beginsIdle(point);
        } finally {
            backToOwnContext(); // after its tick has ended: until then the thread works for who gave it the task
        }
    }

    private boolean beginsIdle(int point) {
        if (mayBlock && (excluded || (StallsightPoints.flags(point) & StallsightPoints.LOOP) == 0) || guard > 0) {
            return false;
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null) {
            return false;
        }
        if (mayBlock || pending.get() != null) {
            guard++;
            try {
                if (mayBlock) {
                    handler.loopSeen(this, point);
                }
                if (pending.get() != null) {
                    handler.publishPending(this);
                }
            } finally {
                guard--;
            }
        }
        beginIdle();
        return true;
    }

    void loopBegins(int point) {
        if (proving) {
            StallsightPoints.prove(point);
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (excluded || guard > 0 || handler == null) {
            return;
        }
        guard++;
        try {
            handler.loopSeen(this, point);
        } finally {
            guard--;
        }
        StallsightLoop loop = ticks;
        if (loop != null && idle == 0 && !loop.inTick()) {
            loop.begin();
        }
    }

    /** The outermost wait for work ends the tick. */
    void beginIdle() {
        StallsightLoop loop = ticks;
        if (loop != null && idle == 0) {
            loop.end(this);
        }
        idle++;
    }

    void endIdle() {
        int depth = idle - 1;
        idle = depth;
        StallsightLoop loop = ticks;
        if (loop != null && depth == 0) {
            loop.begin();
        }
    }

    /** A tick of this thread was long. Nothing of the engine may throw into it. */
    void slowTick(StallsightLoop loop, long start, long end) {
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null) {
            return;
        }
        guard++;
        try {
            handler.slowTick(this, loop, start, end);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        } finally {
            guard--;
        }
    }

    void poll(int point) {
        if (proving) {
            StallsightPoints.prove(point);
        }
        StallsightLoop loop = ticks;
        if (loop != null && idle == 0 && guard == 0) {
            loop.tasks++;
            loop.next(this);
        }
        backToOwnContext();
    }

    void event(int point) {
        if (proving) {
            StallsightPoints.prove(point);
        }
        StallsightLoop loop = ticks;
        if (loop != null) {
            loop.tasks++;
        }
    }

    void taken(int point, Object at, Object task) {
        if (proving) {
            StallsightPoints.prove(point);
        }
        if (runStart != 0) {
            endRun(); // some workers take the next task without having waited
        }
        if (task == null) {
            backToOwnContext();
            return;
        }
        if (guard > 0) {
            return;
        }
        if (StallsightContexts.isOn()) {
            context = StallsightContexts.of(task, ownContext);
        }
        Object from = at;
        if (task instanceof java.util.concurrent.ForkJoinTask) {
            // the receiver is one of the pool's many queues
            if (!(thread instanceof java.util.concurrent.ForkJoinWorkerThread)) {
                return;
            }
            from = ((java.util.concurrent.ForkJoinWorkerThread) thread).getPool();
        }
        if (executor != from) {
            StallsightQueue found = StallsightQueue.find(from);
            if (found == null) {
                found = StallsightTasks.queueSeen(point, from, null);
                if (found == null) {
                    return;
                }
            }
            executor = from;
            queue = found;
        }
        StallsightLoop loop = ticks;
        if (loop != null) {
            loop.tasks++;
            loop.queue = queue;
        }
        runStart = queue.taken(task);
    }

    /**
     * Begins to run {@code task}, if it is known who handed it over.
     *
     * @return for whom the thread worked before
     */
    long resume(Object task) {
        long before = context;
        context = StallsightContexts.of(task, before);
        return before;
    }

    private void endRun() {
        queue.runs.add(System.nanoTime() - runStart);
        runStart = 0;
    }

    static void idleExit() {
        try {
            StallsightThread state = LOCAL.get();
            if (state != null && state.idle > 0) {
                state.endIdle();
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    boolean quietEnter(int point) {
        if (proving) {
            StallsightPoints.prove(point);
        }
        if (mayBlock || guard > 0) {
            return false;
        }
        quiet++;
        return true;
    }

    static void quietExit() {
        try {
            StallsightThread state = LOCAL.get();
            if (state != null && state.quiet > 0) {
                state.quiet--;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    static void ending(int point) {
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null || Thread.currentThread().getClass() == VIRTUAL_THREAD) {
            return;
        }
        StallsightThread state =
                current(); // also for a thread that never came to a hook: it may have queued for a monitor
        if (state != null && state.guard == 0) {
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            state.guard++;
            handler.threadEnding(state); // the guard stays up: the thread is going away
        }
    }
}
