package app.threads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.channels.Selector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * A worker of the common pool, which clears its thread-locals, and a hand-written loop on which a library does so. Each
 * is stuck once, for {@value #STUCK_MILLIS} ms. The loop's thread overrides what a thread can override, and blocks once
 * in {@code sleepOnLoop}.
 */
public final class LostLocals {

    static final int STUCK_MILLIS = 400;

    private static final int ROUNDS = 300;
    private static final Field LOCALS = threadLocals();

    private LostLocals() {}

    private static Field threadLocals() {
        try {
            Field locals = Thread.class.getDeclaredField("threadLocals");
            locals.setAccessible(true);
            return locals;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Thread loop = new Liar(LostLocals::loop, "hard-loop");
        loop.start();
        for (int round = 0; round < ROUNDS; round++) {
            int millis = round == ROUNDS / 2 ? STUCK_MILLIS : 1;
            CountDownLatch ran = new CountDownLatch(1);
            ForkJoinPool.commonPool().execute(() -> {
                stuckInPool(millis);
                ran.countDown();
            });
            ran.await();
            Thread.sleep(5);
        }
        loop.join();
    }

    private static void stuckInPool(int millis) {
        spin(millis);
    }

    private static void stuckOnLoop(int millis) {
        spin(millis);
    }

    private static void spin(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    private static void sleepOnLoop() throws InterruptedException {
        Thread.sleep(20);
    }

    private static void loop() {
        try (Selector selector = Selector.open()) {
            for (int round = 0; round < ROUNDS; round++) {
                selector.select(5);
                if (round == ROUNDS / 2) {
                    stuckOnLoop(STUCK_MILLIS);
                }
                if (round == ROUNDS / 4) {
                    sleepOnLoop();
                }
                LOCALS.set(Thread.currentThread(), null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives wrong answers, or throws. */
    private static final class Liar extends Thread {

        Liar(Runnable task, String name) {
            super(task, name);
        }

        @Override
        @SuppressWarnings("deprecation") // the purpose
        public long getId() {
            return 0;
        }

        @Override
        public State getState() {
            return State.TERMINATED;
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new AssertionError("an application's method");
        }

        @Override
        @SuppressWarnings("EqualsUnsafeCast")
        public boolean equals(Object other) {
            throw new AssertionError("an application's method");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("an application's method");
        }

        @Override
        public String toString() {
            throw new AssertionError("an application's method");
        }
    }
}
