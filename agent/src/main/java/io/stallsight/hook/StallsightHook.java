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
    public static final int PROTOCOL = 12;

    /** The result of a hook that has nothing to end. */
    static final int NOTHING = 0;

    private static final ThreadLocal<StallsightThread> LOCAL = new ThreadLocal<>();

    StallsightHook() {}

    /**
     * The hook's own work.
     *
     * @param state the thread's state; null if the entry point runs its hook on threads without one, too
     * @param number the woven point at a beginning, or at an end what the beginning returned
     * @return what the end needs to know
     */
    abstract long run(StallsightEngine engine, StallsightThread state, int number, Object first, Object second);

    /** Runs the hook, and records for the self-test that it did. {@link #NOTHING} if it did not run, or failed. */
    final long begin(StallsightThread state, int point, Object first, Object second) {
        if (isProven(state)) {
            StallsightPoints.prove(point);
        }
        return guarded(state, point, first, second);
    }

    /** Whether the self-test is to know that the hook ran on this thread. */
    boolean isProven(StallsightThread state) {
        return state != null && state.isProving() && state.guard == 0;
    }

    /** Runs the hook at the end of what returned {@code token}, unless the engine that saw the beginning is gone. */
    final void end(int token, Object first, Object second) {
        StallsightThread state = begun();
        if (state != null) {
            guarded(state, token, first, second);
        }
    }

    private long guarded(StallsightThread state, int number, Object first, Object second) {
        if (state != null) {
            if (state.guard > 0) {
                return NOTHING;
            }
            state.guard++;
        }
        try {
            StallsightEngine engine = StallsightAgent.engine();
            return engine == null ? NOTHING : run(engine, state, number, first, second);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return NOTHING;
        } finally {
            if (state != null) {
                state.guard--;
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
            if (StallsightVirtualThreads.isVirtual(thread) && !StallsightVirtualThreads.isWatched(thread)) {
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

    private static StallsightThread classify(Thread thread, StallsightThread former) {
        int epoch = StallsightAgent.epoch(); // before the engine: if that changes meanwhile, the next hook comes here
        int engineNumber = StallsightAgent.engineNumber();
        StallsightEngine engine = StallsightAgent.engine();
        if (engine == null || former != null && former.guard > 0) {
            return null;
        }
        // a state may be in the middle of a call that a former engine watched: such a thread begins afresh
        StallsightThread state =
                former != null && former.isOfEngine(engineNumber) ? former : new StallsightThread(thread, engineNumber);
        state.guard++;
        try {
            state.bringUpToDate(thread.getName(), epoch);
            LOCAL.set(state);
            if (former == null) {
                inheritContext(thread, state);
            } else if (former != state) {
                state.inherit(former);
            }
            engine.classify(state);
        } finally {
            state.guard--;
        }
        return state;
    }

    private static void inheritContext(Thread thread, StallsightThread state) {
        if (StallsightAttribution.isOn()) {
            state.attribution().setCurrent(StallsightAttribution.of(thread, 0L)); // that of the starting thread
        }
    }

    /**
     * The state at the end of what began with one: null if the thread has none, or if the engine that saw the beginning
     * is gone. It does not throw.
     */
    static StallsightThread begun() {
        try {
            StallsightThread state = LOCAL.get();
            return state == null || !state.isOfEngine(StallsightAgent.engineNumber()) ? null : state;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    /**
     * The agent begins work of its own on the current thread, such as weaving a class that is being loaded. Hooks do
     * nothing on it until {@link #endAgentWork}, which takes the result.
     */
    public static StallsightThread beginAgentWork() {
        StallsightThread state = current();
        if (state != null) {
            state.guard++;
        }
        return state;
    }

    public static void endAgentWork(StallsightThread state) {
        if (state != null) {
            state.guard--;
        }
    }
}
