package app.threads;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts {@value #THREADS} short virtual threads whose names the option {@code threads} names. The last one loops on a
 * selector, is stuck in {@code stuck} for {@value #STUCK_MILLIS} ms, and then waits as long for the monitor that a
 * platform thread has, in {@code contended}. Needs JDK 21. Prints {@code ended <number>}.
 */
public final class ManyVirtualThreads {

    private static final int THREADS = 150_000;
    private static final int AT_ONCE = 200;
    private static final int STUCK_MILLIS = 400;

    private static final Object MONITOR = new Object();
    private static final Semaphore HELD = new Semaphore(0);

    private ManyVirtualThreads() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, InterruptedException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
        builder = type.getMethod("name", String.class, long.class).invoke(builder, "hard-virtual-", 0L);
        java.lang.reflect.Method start =
                Class.forName("java.lang.Thread$Builder").getMethod("start", Runnable.class);
        Semaphore running = new Semaphore(AT_ONCE);
        for (int i = 0; i < THREADS; i++) {
            running.acquire();
            boolean isLast = i == THREADS - 1;
            start.invoke(builder, (Runnable) () -> {
                LockSupport.parkNanos(1);
                if (isLast) {
                    loop();
                }
                running.release();
            });
        }
        running.acquire(AT_ONCE);
        System.out.println("ended " + THREADS);
    }

    private static void loop() {
        try (Selector selector = Selector.open()) {
            for (int round = 0; round < 60; round++) {
                selector.select(5);
                if (round == 10) {
                    stuck();
                } else if (round == 15) {
                    Thread holder = new Thread(ManyVirtualThreads::hold);
                    holder.start();
                    HELD.acquireUninterruptibly();
                    contended();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hold() {
        synchronized (MONITOR) {
            HELD.release();
            LockSupport.parkNanos(STUCK_MILLIS * 1_000_000L);
        }
    }

    private static void contended() {
        synchronized (MONITOR) {
            LockSupport.parkNanos(1);
        }
    }

    private static void stuck() {
        long end = System.nanoTime() + STUCK_MILLIS * 1_000_000L;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
