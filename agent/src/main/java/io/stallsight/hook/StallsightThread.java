package io.stallsight.hook;

/**
 * What the agent knows of one thread. Read and written by that thread only, except for the fields marked volatile.
 *
 * <p>Platform threads get one on their first woven call (about 150 bytes, collected with the thread). Virtual threads
 * may block by nature, so they get one only while {@link #watchVirtualThreads} is set (the user named threads that must
 * not block) and they have a name: a million unnamed virtual threads cost nothing.
 */
@SuppressWarnings({
    "NonAtomicVolatileUpdate", // one writer: the thread itself (currentEpoch: under the lock of StallsightHook)
    "ReferenceEquality" // the name's reference is what is compared, see current()
})
public final class StallsightThread {

    static final long REFUSED = -1L;

    /** Token of a woven call inside of the one that is watched. */
    static final long INNER = -2L;

    /** The selector is this thread's event loop: waiting in it is idle time. */
    public static final int SELECT_LOOP = 1;

    /** The select blocks a non-blocking thread. */
    public static final int SELECT_BLOCKING = 2;

    /**
     * The first select on this selector on a non-blocking thread: a loop's first, or a blocking call; not yet known.
     */
    public static final int SELECT_UNPROVEN = 3;

    /** A select that is of no interest. */
    public static final int SELECT_IGNORED = 0;

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

    /** A policy was asked about the call in progress and has told of it: it is not to be told again. */
    public boolean told;

    /** In the self-test: record which points run. */
    public boolean proving;

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

    /** The woven point of the blocking call in progress, 0 if there is none. */
    public volatile int outer;

    public Object outerSelf;
    public Object outerSubject;

    /** The woven point inside {@link #outer} that took longest, 0 if none ran. */
    public int inner;

    public Object innerSelf;
    public Object innerSubject;

    /** Start of the blocking call in progress, {@link System#nanoTime()}. */
    public long start;

    /** Above 0 while the thread does work that is nobody's blocking call. */
    private int quiet;

    private boolean evidence;

    /** The woven call inside {@link #outer} that is on its way, 0 if there is none. */
    private int innerPoint;

    private Object innerPointSelf;
    private Object innerPointSubject;
    private long innerStart;
    private long innerLongest;

    /** Anything that the engine keeps between entry and exit (its JFR event). */
    public Object attachment;

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
    public StallsightTicks ticks;

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

    private Throwable refusal;

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
        StallsightHandler handler = StallsightHook.handler();
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

    long enter(int point, Object self, Object subject) {
        if (guard > 0) {
            return StallsightHook.NOT_WATCHED;
        }
        if (proving) {
            StallsightHook.prove(point);
        }
        if (idle > 0 || quiet > 0) {
            return StallsightHook.NOT_WATCHED;
        }
        byte flags = StallsightHook.flags(point);
        if ((flags & StallsightHook.IF_BLOCKING_MODE) != 0
                && self instanceof java.nio.channels.SelectableChannel
                && !((java.nio.channels.SelectableChannel) self).isBlocking()) {
            return StallsightHook.NOT_WATCHED;
        }
        if (outer != 0) {
            if ((flags & StallsightHook.SCOPE) != 0) {
                return StallsightHook.NOT_WATCHED;
            }
            if (innerPoint == 0) {
                return enterInner(point, self, subject);
            }
            if ((flags & StallsightHook.TELLING) != 0
                    && (StallsightHook.flags(innerPoint) & StallsightHook.TELLING) == 0) {
                setInner(point, self, subject);
            }
            return StallsightHook.NOT_WATCHED;
        }
        StallsightHandler handler = StallsightHook.handler();
        if (handler == null) {
            return StallsightHook.NOT_WATCHED;
        }
        guard++;
        try {
            if (dynamic && !handler.nonBlockingNow(this)) {
                return StallsightHook.NOT_WATCHED;
            }
            if (pending.get() != null) {
                handler.publishPending(this);
            }
            outer = point;
            outerSelf = self;
            outerSubject = subject;
            evidence = (flags & StallsightHook.SCOPE) == 0;
            refusal = (flags & StallsightHook.REFUSE_INSIDE) == 0 ? handler.refuse(this) : null;
            if (refusal != null) {
                clear();
                return REFUSED;
            }
            handler.entered(this);
        } catch (Throwable t) {
            clear();
            throw t;
        } finally {
            guard--;
        }
        long now = System.nanoTime();
        start = now;
        return now == StallsightHook.NOT_WATCHED || now == REFUSED || now == INNER ? 1L : now;
    }

    /** Asks the policies; returns whether the call is refused. */
    boolean ask(int point) {
        if (guard > 0 || idle > 0 || quiet > 0) {
            return false;
        }
        StallsightHandler handler = StallsightHook.handler();
        if (handler == null) {
            return false;
        }
        guard++;
        try {
            refusal = handler.ask(this, point);
        } finally {
            guard--;
        }
        return refusal != null;
    }

    /** A call about which policies were asked is over. */
    static void asked() {
        StallsightThread state = LOCAL.get();
        if (state != null && state.outer == 0) {
            state.told = false;
        }
    }

    /**
     * A woven call inside of the watched one: evidence for a scope, and the detail of the report if none takes longer.
     */
    private long enterInner(int point, Object self, Object subject) {
        if (!evidence && (StallsightHook.flags(outer) & StallsightHook.REFUSE_INSIDE) != 0) {
            StallsightHandler handler = StallsightHook.handler();
            guard++;
            try {
                refusal = handler == null ? null : handler.refuse(this);
            } finally {
                guard--;
            }
            if (refusal != null) {
                clear();
                return REFUSED;
            }
        }
        evidence = true;
        setInner(point, self, subject);
        innerStart = System.nanoTime();
        return INNER;
    }

    private void setInner(int point, Object self, Object subject) {
        innerPoint = point;
        innerPointSelf = self;
        innerPointSubject = subject;
    }

    private void exitInner(long now) {
        if (innerPoint != 0) {
            long nanos = now - innerStart;
            if (inner == 0 || nanos > innerLongest) {
                innerLongest = nanos;
                inner = innerPoint;
                innerSelf = innerPointSelf;
                innerSubject = innerPointSubject;
            }
            innerPoint = 0;
        }
    }

    Throwable takeRefusal() {
        Throwable taken = refusal;
        refusal = null;
        return taken;
    }

    /**
     * Ends the call in progress. Static and called from exactly one frame above the woven method or its stand-in,
     * because the JFR output leaves a fixed number of frames out of its stack traces.
     */
    static void exit(long token) {
        if (token == StallsightHook.NOT_WATCHED) {
            return;
        }
        long now = System.nanoTime();
        try {
            StallsightThread state = LOCAL.get();
            if (state == null || state.outer == 0 || state.engineNumber != currentEngine) {
                return; // the engine was replaced while the call was on its way
            }
            if (token == INNER) {
                state.exitInner(now);
                return;
            }
            StallsightHandler handler = StallsightHook.handler();
            state.guard++;
            try {
                if (state.evidence && handler != null) {
                    handler.exited(state, now - state.start);
                }
            } finally {
                state.guard--;
                state.clear();
            }
        } catch (Throwable t) {
            StallsightHook.suppress(t);
        }
    }

    private void clear() {
        outer = 0;
        inner = 0;
        innerPoint = 0;
        innerLongest = 0;
        innerPointSelf = null;
        innerPointSubject = null;
        evidence = false;
        outerSelf = null;
        outerSubject = null;
        innerSelf = null;
        innerSubject = null;
        attachment = null;
        told = false;
    }

    boolean idleEnter(int point) {
        if (proving) {
            StallsightHook.prove(point);
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
        if (mayBlock && (excluded || (StallsightHook.flags(point) & StallsightHook.LOOP) == 0) || guard > 0) {
            return false;
        }
        StallsightHandler handler = StallsightHook.handler();
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
            StallsightHook.prove(point);
        }
        StallsightHandler handler = StallsightHook.handler();
        if (excluded || guard > 0 || handler == null) {
            return;
        }
        guard++;
        try {
            handler.loopSeen(this, point);
        } finally {
            guard--;
        }
        StallsightTicks loop = ticks;
        if (loop != null && idle == 0 && !loop.inTick()) {
            loop.begin();
        }
    }

    /** The outermost wait for work ends the tick. */
    private void beginIdle() {
        StallsightTicks loop = ticks;
        if (loop != null && idle == 0) {
            loop.end(this);
        }
        idle++;
    }

    private void endIdle() {
        int depth = idle - 1;
        idle = depth;
        StallsightTicks loop = ticks;
        if (loop != null && depth == 0) {
            loop.begin();
        }
    }

    /** A tick of this thread was long. Nothing of the engine may throw into it. */
    void slowTick(StallsightTicks loop, long start, long end) {
        StallsightHandler handler = StallsightHook.handler();
        if (handler == null) {
            return;
        }
        guard++;
        try {
            handler.slowTick(this, loop, start, end);
        } catch (Throwable t) {
            StallsightHook.suppress(t);
        } finally {
            guard--;
        }
    }

    void poll(int point) {
        if (proving) {
            StallsightHook.prove(point);
        }
        StallsightTicks loop = ticks;
        if (loop != null && idle == 0 && guard == 0) {
            loop.tasks++;
            loop.next(this);
        }
        backToOwnContext();
    }

    void pollSelector(Object selector) {
        StallsightTicks loop = ticks;
        if (loop != null && idle == 0 && guard == 0 && loop.selector.refersTo(selector)) {
            loop.next(this);
        }
        backToOwnContext();
    }

    void event(int point) {
        if (proving) {
            StallsightHook.prove(point);
        }
        StallsightTicks loop = ticks;
        if (loop != null) {
            loop.tasks++;
        }
    }

    void taken(int point, Object at, Object task) {
        if (proving) {
            StallsightHook.prove(point);
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
                found = queueSeen(point, from, null);
                if (found == null) {
                    return;
                }
            }
            executor = from;
            queue = found;
        }
        StallsightTicks loop = ticks;
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

    /** The current thread, if it is a loop in a tick, starts something on an executor. */
    static void started(Object what, Object executor) {
        StallsightThread state = LOCAL.get();
        StallsightTicks loop = state == null ? null : state.ticks;
        if (loop != null && state.guard == 0) {
            loop.started(what, executor);
        }
    }

    /** The engine is asked about an executor that it may not know yet. */
    static StallsightQueue queueSeen(int point, Object executor, StallsightQueue known) {
        StallsightThread state = current();
        if (state == null || state.guard > 0) {
            return known;
        }
        if (state.proving) {
            StallsightHook.prove(point);
        }
        StallsightHandler handler = StallsightHook.handler();
        if (known != null || handler == null) {
            return known;
        }
        state.guard++;
        try {
            return handler.queueSeen(executor);
        } finally {
            state.guard--;
        }
    }

    static void idleExit() {
        try {
            StallsightThread state = LOCAL.get();
            if (state != null && state.idle > 0) {
                state.endIdle();
            }
        } catch (Throwable t) {
            StallsightHook.suppress(t);
        }
    }

    boolean quietEnter(int point) {
        if (proving) {
            StallsightHook.prove(point);
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
            StallsightHook.suppress(t);
        }
    }

    long selectEnter(int point, Object selector) {
        if (guard > 0) {
            return StallsightHook.NOT_WATCHED;
        }
        if (proving) {
            StallsightHook.prove(point);
        }
        StallsightTicks loop = ticks;
        if (loop != null
                && loop.selector.refersTo(selector)
                && outer == 0
                && idle == 0
                && quiet == 0
                && !dynamic
                && !excluded
                && pending.get() == null) { // what the engine would say, at a tick's price
            beginIdle();
            backToOwnContext();
            return SELECT_LOOP;
        }
        StallsightHandler handler = StallsightHook.handler();
        if (excluded || idle > 0 || quiet > 0 || handler == null) {
            return StallsightHook.NOT_WATCHED;
        }
        if (outer != 0) {
            evidence = true;
            inner = point;
            innerSelf = selector;
            return StallsightHook.NOT_WATCHED;
        }
        guard++;
        try {
            if (pending.get() != null) {
                handler.publishPending(this);
            }
            if (dynamic && !handler.nonBlockingNow(this)) {
                return StallsightHook.NOT_WATCHED;
            }
            int kind = handler.selecting(this, selector);
            if (kind == SELECT_IGNORED || kind == SELECT_BLOCKING && mayBlock) {
                return StallsightHook.NOT_WATCHED;
            }
            if (kind == SELECT_LOOP) {
                beginIdle();
                backToOwnContext();
                return SELECT_LOOP;
            }
            outer = point;
            outerSelf = selector;
            evidence = true;
            if (kind == SELECT_BLOCKING) {
                refusal = handler.refuse(this);
                if (refusal != null) {
                    clear();
                    return REFUSED;
                }
            }
            handler.entered(this);
            start = System.nanoTime();
            return kind;
        } catch (Throwable t) {
            clear();
            throw t;
        } finally {
            guard--;
        }
    }

    static void selectExit(long token, Object selector) {
        long now = token == SELECT_LOOP ? 0L : System.nanoTime();
        try {
            StallsightThread state = LOCAL.get();
            if (state == null || state.engineNumber != currentEngine) {
                return;
            }
            if (token == SELECT_LOOP) {
                if (state.idle > 0) {
                    state.endIdle();
                }
                return;
            }
            StallsightHandler handler = StallsightHook.handler();
            state.guard++;
            try {
                if (handler != null && state.outer != 0) {
                    handler.selected(state, selector, now - state.start, token == SELECT_BLOCKING);
                }
            } finally {
                state.guard--;
                state.clear();
            }
        } catch (Throwable t) {
            StallsightHook.suppress(t);
        }
    }

    void selectorClosed(Object selector) {
        StallsightHandler handler = StallsightHook.handler();
        if (handler != null) {
            guard++;
            try {
                handler.selectorClosed(this, selector);
            } finally {
                guard--;
            }
        }
    }

    static void ending(int point) {
        StallsightHandler handler = StallsightHook.handler();
        if (handler == null || Thread.currentThread().getClass() == VIRTUAL_THREAD) {
            return;
        }
        StallsightThread state =
                current(); // also for a thread that never came to a hook: it may have queued for a monitor
        if (state != null && state.guard == 0) {
            if (state.proving) {
                StallsightHook.prove(point);
            }
            state.guard++;
            handler.threadEnding(state); // the guard stays up: the thread is going away
        }
    }
}
