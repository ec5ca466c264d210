package io.stallsight.api;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stallsight in tests of any framework. The first call attaches the agent, if it is not there through
 * {@code -javaagent}. In tests, blocking calls of any length are reported.
 */
public final class Stallsight {

    /** Why the agent could not be attached; another attempt would take a second, and fail again. */
    private static @Nullable String failure;

    private Stallsight() {}

    /** Code that may throw anything. Not generic, because Kotlin does not infer the exceptions of a block. */
    @FunctionalInterface
    public interface Task {
        void run() throws Throwable;
    }

    /** Whether the agent is in this JVM and detects. */
    public static boolean isActive() {
        return AgentLink.find() != null;
    }

    /**
     * Attaches the agent to this JVM if it is not there. A second JVM is started to do so, which takes about a second;
     * JDK 21 and later print a warning, unless this JVM runs with {@code -XX:+EnableDynamicAgentLoading}.
     *
     * @throws IllegalStateException with one line that says why it cannot be done
     */
    public static AgentLink attach() {
        return attach(Map.of());
    }

    /**
     * @param options of the agent, without effect if it is there
     * @throws IllegalStateException with one line that says why it cannot be done
     */
    public static synchronized AgentLink attach(Map<String, String> options) {
        AgentLink link = AgentLink.find();
        if (link == null && failure != null) {
            throw new IllegalStateException(failure);
        }
        if (link == null) {
            try {
                SelfAttach.attach(options);
            } catch (IllegalStateException e) {
                failure = e.getMessage();
                throw e;
            }
            link = AgentLink.find();
        }
        if (link == null) {
            throw new IllegalStateException("Stallsight could not attach itself: the agent stays off");
        }
        return link;
    }

    /** Begins to collect the findings of the current thread and of the threads to which it hands work. */
    public static Collector collect() {
        AgentLink link = attach();
        link.threshold(Duration.ZERO);
        return new Collector(link);
    }

    /**
     * Runs the task and fails if it, or work that it handed to other threads, blocked a non-blocking thread.
     *
     * @throws FindingsError with all findings; if the task itself throws, that as it is, with the findings attached
     */
    public static void assertNoBlocking(Task task) {
        assertNoBlocking(Duration.ZERO, task);
    }

    /** The same for calls of {@code threshold} or longer. */
    public static void assertNoBlocking(Duration threshold, Task task) {
        try (Collector collector = collect()) {
            try {
                task.run();
            } catch (Throwable thrown) {
                Findings found = blocking(collector, threshold);
                if (!found.isEmpty()) {
                    thrown.addSuppressed(new FindingsError(headline(found), found));
                }
                throw Stallsight.<RuntimeException>asItIs(thrown);
            }
            Findings found = blocking(collector, threshold);
            if (!found.isEmpty()) {
                throw new FindingsError(headline(found), found);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException asItIs(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static Findings blocking(Collector collector, Duration threshold) {
        return collector
                .findings()
                .matching(finding -> finding.type() == Finding.Type.SELF_DEADLOCK
                        || finding.type() == Finding.Type.BLOCKING_CALL
                                && finding.duration().compareTo(threshold) >= 0);
    }

    private static String headline(Findings found) {
        int size = found.size();
        return "expected no blocking call on a non-blocking thread, but there " + (size == 1 ? "was 1" : "were " + size)
                + ":";
    }

    /**
     * Runs a non-blocking task alone and then {@code n} times at once, and fails unless these runs really overlapped:
     * they were all in flight together, and none held a loop that the others needed. The runs are compared with each
     * other, so a busy machine, which slows all of them down, does not matter.
     *
     * @param n at least 2
     * @param task starts one run; the stage completes at its end ({@code () -> mono.toFuture()})
     * @throws FindingsError with the blocking calls that kept the runs apart
     * @throws AssertionError with the measurements, if they did not overlap although nothing blocked
     */
    public static void assertOverlaps(int n, Callable<? extends CompletionStage<?>> task) {
        new Overlap(attach(), n, task).check();
    }
}
