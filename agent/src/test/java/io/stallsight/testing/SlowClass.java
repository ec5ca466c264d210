package io.stallsight.testing;

import java.util.concurrent.CountDownLatch;

/**
 * A class that is initialised for as long as a test wants. Frames of the engine's package would count as the agent's.
 */
public final class SlowClass {

    private SlowClass() {}

    /** Is initialised by the first thread that needs it; the others wait. */
    public static void use() {
        Slow.touch();
    }

    /** Whether the thread is at {@link #use}, inside the JVM. */
    public static boolean isNeededBy(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].getMethodName().equals("use");
    }

    public static void awaitBegin() throws InterruptedException {
        State.BEGUN.await();
    }

    /** The class is initialised from here on. */
    public static void end() {
        State.END.countDown();
    }

    /** Exists before {@link Slow} is initialised. */
    private static final class State {
        static final CountDownLatch BEGUN = new CountDownLatch(1);
        static final CountDownLatch END = new CountDownLatch(1);
    }

    private static final class Slow {
        static {
            State.BEGUN.countDown();
            try {
                State.END.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private Slow() {}

        static void touch() {}
    }
}
