package io.stallsight.hook;

/** Entry points of woven code for platform threads that start and end. */
public final class StallsightThreads {

    private static final ThreadStart THREAD_START = new ThreadStart();
    private static final ThreadEnd THREAD_END = new ThreadEnd();

    private StallsightThreads() {}

    /** The current thread is about to start {@code thread}. */
    public static void threadStart(int point, Object thread) {
        THREAD_START.begin(StallsightHook.current(), point, thread, null);
    }

    /** The current thread ends; it may never have come to a hook, and have waited for a monitor all the same. */
    public static void threadEnd(int point) {
        StallsightThread state =
                StallsightVirtualThreads.isVirtual(Thread.currentThread()) ? null : StallsightHook.current();
        if (state != null) {
            THREAD_END.begin(state, point, null, null);
            StallsightHook.beginAgentWork(); // without an end: the thread is going away
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

    private static final class ThreadEnd extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            engine.threadEnding(state);
            return NOTHING;
        }
    }
}
