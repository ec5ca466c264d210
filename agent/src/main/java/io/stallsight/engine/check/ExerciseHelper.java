package io.stallsight.engine.check;

import io.stallsight.engine.check.Exercise.ThrowingRunnable;
import java.time.Duration;

/** A daemon thread that helps an exercise: it releases the calling thread, or is the other end of its connection. */
final class ExerciseHelper {

    /** After this time the helper acts even if the caller does not wait: the self-test ends on the slowest machine. */
    private static final long WAIT_LIMIT_NANOS = Duration.ofSeconds(2).toNanos();

    private ExerciseHelper() {}

    /**
     * Runs {@code waiting} on the calling thread, and {@code release} on another one as soon as the first waits or
     * parks.
     */
    static void release(ThrowingRunnable waiting, ThrowingRunnable release) throws Throwable {
        Thread caller = Thread.currentThread();
        alongside(waiting, () -> {
            long begin = System.nanoTime();
            while (!isWaiting(caller) && System.nanoTime() - begin < WAIT_LIMIT_NANOS) {
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
                        // the exercise itself fails then, or its hook is missing in the proofs
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
