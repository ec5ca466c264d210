package io.stallsight.engine.detect;

/**
 * A tool of the application that names non-blocking threads, besides the catalog and the options. The methods run on
 * the thread in question with the re-entrancy guard up, or on a thread of the agent that may be lost
 * ({@link io.stallsight.engine.thread.Callee}). They must not throw.
 */
public interface ThreadPolicy {

    /** What the tool knows about a thread. */
    enum Answer {
        NOTHING,
        NON_BLOCKING,
        /** It changes: {@link #nonBlockingNow} decides at each call. */
        DYNAMIC
    }

    /** Called when the thread is classified: at its first hook, and again after each change of rules. */
    Answer about(Thread thread);

    /** Whether a {@link Answer#DYNAMIC} thread must not block at this moment. */
    boolean nonBlockingNow(Thread thread);
}
