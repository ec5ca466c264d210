package io.stallsight.engine.check;

/**
 * Runs some woven methods on the calling thread, so that the self-test can see that their hooks run.
 *
 * @param name of the group of methods, for messages
 * @param body leaves no file, socket or thread behind, also when it fails
 * @param minimalFeature the first JDK feature version that has these methods
 */
public record Exercise(String name, ThrowingRunnable body, int minimalFeature) {

    /** The oldest JDK that the agent supports. */
    static final int BASELINE = 17;

    /** A body that may throw anything. */
    @FunctionalInterface
    public interface ThrowingRunnable {
        void run() throws Throwable;
    }

    Exercise(String name, ThrowingRunnable body) {
        this(name, body, BASELINE);
    }

    /** Whether the running JDK has these methods. */
    public boolean isFor(int feature) {
        return feature >= minimalFeature;
    }
}
