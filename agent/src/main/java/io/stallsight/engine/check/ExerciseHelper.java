package io.stallsight.engine.check;

import io.stallsight.engine.check.Exercise.ThrowingRunnable;
import java.time.Duration;

/** A daemon thread that plays the other part: it releases the calling thread, or is the other end of its connection. */
final class ExerciseHelper {

    /** A helper that waits this long for its moment acts anyway, so that the self-test ends on the slowest machine. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private ExerciseHelper() {}

    /**
     * Runs {@code waiting} on the calling thread, and {@code release} on another one as soon as the first waits or
     * parks.
     */
    static void release(ThrowingRunnable waiting, ThrowingRunnable release) throws Throwable {
        Thread caller = Thread.currentThread();
        alongside(waiting, () -> {
            long begin = System.nanoTime();
            while (!isWaiting(caller) && System.nanoTime() - begin < PATIENCE_NANOS) {
                Thread.onSpinWait();
            }
            release.run();
        });
    }

    /** Runs {@code body} on the calling thread and {@code helping} on another one, and returns when both have ended. */
    static void alongside(ThrowingRunnable body, ThrowingRunnable helping) throws Throwable {
        Thread helper = new Thread(
                () -> {
                    try {
                        helping.run();
                    } catch (Throwable seenByTheOtherEnd) {
                        // what the helper did not do fails in the exercise itself, or is missing in the proofs
                    }
                },
                "stallsight-exercise-helper");
        helper.setDaemon(true);
        helper.start();
        try {
            body.run();
        } finally {
            helper.join();
        }
    }

    private static boolean isWaiting(Thread thread) {
        Thread.State state = thread.getState();
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }
}
