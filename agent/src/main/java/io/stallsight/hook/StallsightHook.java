package io.stallsight.hook;

/**
 * One hook: what woven code does at one kind of point. The entry points of woven code are the public static methods of
 * the classes named after a subject ({@link StallsightCalls}, {@link StallsightLoops} ...); each finds the state of its
 * thread with {@link #current} and runs its hook with {@link #begin}, or with {@link #end} where what began is over.
 *
 * <p>These two methods hold what is common to all hooks. The hook runs with the re-entrancy guard up, so that nothing
 * the agent calls is intercepted; it does not run if the agent works on the thread already, or if no engine is
 * attached. An error of the agent is counted, and the application's call goes on as if it were not watched.
 *
 * <p>Almost all woven calls come from threads that may block. An entry point on the hot path therefore looks at
 * {@link StallsightThread#mayBlock} before it runs its hook, and pays one thread-local read, one comparison of the
 * thread's name, one of the epoch and one flag. Hooks are constants of final classes: the compiler knows which
 * {@link #run} it calls and inlines it.
 */
public abstract class StallsightHook {

    /** Grows with each change of this package that an engine could notice; an engine refuses other hooks. */
    public static final int PROTOCOL = 40;

    /** The result of a hook that has nothing to end. */
    static final int NOTHING = 0;

    private static final ThreadLocal<StallsightThread> LOCAL = new ThreadLocal<>();

    StallsightHook() {}

    /**
     * The hook's own work.
     *
     * @param state the thread's state; null if the entry point runs its hook on threads without one, too
     * @param point the woven point; at an end a number that the woven method returned
     * @param second at an end the span
     * @return what the end needs to know
     */
    abstract long run(StallsightEngine engine, StallsightThread state, int point, Object first, Object second);

    /** Runs the hook, and records for the self-test that it did. {@link #NOTHING} if it did not run, or failed. */
    final long begin(StallsightThread state, int point, Object first, Object second) {
        if (isProven(state)) {
            StallsightPoints.prove(point);
        }
        return guarded(state, point, first, second);
    }

    /** Whether the self-test is to know that the hook ran on this thread. */
    boolean isProven(StallsightThread state) {
        return state != null && state.isProving() && state.agentWork.over;
    }

    /**
     * Runs the hook at the end of {@code span}, unless the engine that saw the beginning is gone.
     *
     * @param number what the woven method returned, or 0
     */
    final void end(StallsightSpan span, int number, Object first) {
        StallsightThread state = begun();
        if (state != null) {
            guarded(state, number, first, span);
        }
    }

    private long guarded(StallsightThread state, int point, Object first, Object second) {
        if (state != null) {
            if (!state.agentWork.over) {
                return NOTHING;
            }
            state.agentWork.over = false;
        }
        try {
            StallsightEngine engine = StallsightAgent.engine();
            return engine == null ? NOTHING : run(engine, state, point, first, second);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return NOTHING;
        } finally {
            if (state != null) {
                state.agentWork.over = true;
            }
        }
    }

    /**
     * The state of the current thread, classified by the rules that hold at the moment; null if nothing is watched on
     * it. It does not throw.
     */
    public static StallsightThread current() {
        try {
            Thread thread = Thread.currentThread();
            if (StallsightVirtualThreads.isVirtual(thread)
                    && !StallsightVirtualThreads.isWatched(thread)
                    && !StallsightStates.hasSelecting(thread)) {
                return null;
            }
            StallsightThread state = LOCAL.get();
            return state != null && state.isUpToDate(thread.getName(), StallsightAgent.epoch())
                    ? state
                    : classify(thread, state);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    /**
     * The state of the current thread, which is about to wait in a selector. Such a virtual thread gets a state, since
     * it may be an event loop.
     */
    static StallsightThread selecting() {
        StallsightThread state = current();
        try {
            Thread thread = Thread.currentThread();
            if (state != null || !StallsightVirtualThreads.isVirtual(thread)) {
                return state;
            }
            StallsightVirtualThreads.selects();
            return classify(thread, LOCAL.get());
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    private static StallsightThread classify(Thread thread, StallsightThread local) {
        int epoch = StallsightAgent.epoch(); // before the engine: if that changes meanwhile, the next hook comes here
        int engineNumber = StallsightAgent.engineNumber();
        StallsightEngine engine = StallsightAgent.engine();
        StallsightThread former = local != null ? local : findAgain(thread);
        if (local == null && former != null && former.isUpToDate(thread.getName(), epoch)) {
            return former;
        }
        if (engine == null) {
            return null;
        }
        if (former != null && !former.agentWork.over) {
            return former;
        }
        // a state may be in the middle of a call that a former engine watched: such a thread begins afresh
        StallsightThread state =
                former != null && former.isOfEngine(engineNumber) ? former : new StallsightThread(thread, engineNumber);
        String name = thread.getName();
        state.agentWork.over = false;
        try {
            if (former != state) {
                LOCAL.set(state);
                StallsightStates.put(state);
                takeOver(thread, state, former);
            }
            engine.classify(state);
        } catch (RuntimeException | LinkageError broken) {
            state.bringUpToDate(name, epoch); // it would fail again at each hook
            throw broken;
        } finally {
            state.agentWork.over = true;
        }
        state.bringUpToDate(name, epoch); // last: a stack overflow before this leaves it to the next hook
        return state;
    }

    /** The state of a thread whose thread-locals were cleared, or null. */
    private static StallsightThread findAgain(Thread thread) {
        StallsightThread state = StallsightStates.find(thread);
        if (state != null) {
            LOCAL.set(state);
        }
        return state;
    }

    private static void takeOver(Thread thread, StallsightThread state, StallsightThread former) {
        if (former != null) {
            state.inherit(former);
        } else if (StallsightAttribution.followsTests()) { // a request may start a worker for all
            state.attribution().setCurrent(StallsightAttribution.of(thread, 0L)); // that of the starting thread
        }
    }

    /**
     * The state at the end of what began with one: null if the thread has none, or if the engine that saw the beginning
     * is gone. It does not throw.
     */
    static StallsightThread begun() {
        try {
            StallsightThread local = LOCAL.get();
            StallsightThread state = local != null ? local : findAgain(Thread.currentThread());
            return state == null || !state.isOfEngine(StallsightAgent.engineNumber()) ? null : state;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    /**
     * The agent begins work of its own on the current thread, such as weaving a class that is being loaded. Hooks do
     * nothing on it until the result is {@linkplain StallsightSpan#over over}; where the stack may be almost full, the
     * caller writes that itself.
     *
     * @return null if the thread has no state, or if the agent works on it already
     */
    public static StallsightSpan beginAgentWork() {
        StallsightThread state = current();
        if (state == null || !state.agentWork.over) {
            return null;
        }
        state.agentWork.over = false;
        return state.agentWork;
    }

    /** Whether the agent works on the thread at the moment. */
    static boolean agentWorksOn(StallsightThread state) {
        return !state.agentWork.over;
    }

    /** The current thread goes away: no hook does anything on it any more. */
    static void endThread(StallsightThread state) {
        state.agentWork.over = false;
        StallsightStates.remove(state.thread());
    }

    /** Ends what {@link #beginAgentWork} has begun. */
    public static void endAgentWork(StallsightSpan work) {
        if (work != null) {
            work.over = true;
        }
    }
}
