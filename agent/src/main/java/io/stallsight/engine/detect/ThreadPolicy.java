package io.stallsight.engine.detect;

/**
 * What a tool of the application says of threads, besides the catalog and the options. The methods run on the thread
 * that they are about, with the re-entrancy guard up; they must not throw.
 */
public interface ThreadPolicy {

    /** What is said of a thread. */
    enum Answer {
        NOTHING,
        NON_BLOCKING,
        /** It changes: {@link #nonBlockingNow} tells at each call. */
        DYNAMIC
    }

    /** Asked when the thread is classified: at its first hook, and again after each change of rules. */
    Answer about(Thread thread);

    /** Whether a {@link Answer#DYNAMIC} thread must not block right now. */
    boolean nonBlockingNow(Thread thread);
}
