package io.stallsight.hook;

/** Entry points of woven code for threads that start and end. */
public final class StallsightThreads {

    private static final ThreadStart THREAD_START = new ThreadStart();
    private static final ThreadStartFailed THREAD_START_FAILED = new ThreadStartFailed();
    private static final ThreadEnd THREAD_END = new ThreadEnd();

    private StallsightThreads() {}

    /** The current thread is about to start {@code thread}. */
    public static void threadStart(int point, Object thread) {
        THREAD_START.begin(StallsightHook.current(), point, thread, null);
    }

    /** The current thread tried to start {@code thread}, in vain if {@code failure} is not null. */
    public static void threadStarted(int point, Object thread, Throwable failure) {
        if (failure != null) {
            THREAD_START_FAILED.begin(StallsightHook.current(), point, thread, null);
        }
    }

    /**
     * The current thread ends. A platform thread may never have come to a hook, and have waited for a monitor all the
     * same; a virtual one is of interest only if it has a state.
     */
    public static void threadEnd(int point) {
        Thread thread = Thread.currentThread();
        StallsightThread state;
        if (!StallsightVirtualThreads.isVirtual(thread)) {
            state = StallsightHook.current();
        } else {
            state = StallsightStates.mayHave(thread) ? StallsightStates.find(thread) : null;
        }
        if (state != null || StallsightPoints.isProving()) {
            THREAD_END.begin(state, point, null, null);
        }
        if (state != null) {
            StallsightHook.endThread(state);
        }
    }

    private static final class ThreadStart extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object thread, Object unused) {
            if (state != null) {
                engine.threadStarting((Thread) thread);
            }
            StallsightContexts.carry(state, thread); // a virtual thread without a state may start others, too
            return NOTHING;
        }
    }

    private static final class ThreadStartFailed extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object thread, Object unused) {
            engine.threadStartFailed((Thread) thread);
            return NOTHING;
        }
    }

    private static final class ThreadEnd extends StallsightHook {

        /** A virtual thread has no state in the self-test, which therefore takes any thread's proof. */
        @Override
        boolean isProven(StallsightThread state) {
            return state == null || super.isProven(state);
        }

        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            if (state != null && state.isOfEngine(StallsightAgent.engineNumber())) {
                engine.threadEnding(state);
            }
            return NOTHING;
        }
    }
}
