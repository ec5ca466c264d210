package io.stallsight.engine.thread;

import io.stallsight.hook.StallsightErrors;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Errors that ended the work of a thread of the agent for a moment. Each thread is reported once. Thread-safe. */
public final class AgentFailures {

    private static final Set<String> REPORTED = ConcurrentHashMap.newKeySet();
    private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

    private AgentFailures() {}

    /** The work of {@code thread} threw {@code error} and begins anew. It does not throw. */
    static void failed(Thread thread, Class<?> error) {
        try {
            if (REPORTED.add(thread.getName())) {
                LINES.add("thread " + thread.getName() + " of the agent failed with " + error.getName()
                        + " and began anew; what it observes may be missing for that moment."
                        + " Further failures of this thread are counted as errors of the agent, not logged");
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t); // out of memory: the next failure is reported
        }
    }

    /** The next line for the log, once; null if there is none. */
    public static @Nullable String poll() {
        return LINES.poll();
    }
}
