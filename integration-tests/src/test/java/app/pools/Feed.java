package app.pools;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What the programs of pools have in common: named daemon threads, regular arrivals, and work. */
final class Feed {

    private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(2, named("clock"));

    private Feed() {}

    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Runs something short again and again. */
    static void every(long millis, Runnable arrival) {
        CLOCK.scheduleAtFixedRate(arrival, 0, millis, TimeUnit.MILLISECONDS);
    }

    /** Runs something once, later. */
    static void after(long millis, Runnable event) {
        CLOCK.schedule(event, millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for a device: neither a sleep nor a computation. */
    static void device(long millis) {
        try {
            if (new Semaphore(0).tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("there was nothing to acquire");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static long compute(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long result = 1;
        while (System.nanoTime() < end) {
            result = result * 31 + 7;
        }
        return result;
    }
}
