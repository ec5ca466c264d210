package probe;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;

/**
 * What a primitive waits for, done {@value #MILLIS} ms after the primitive began.
 *
 * <p>The peer thread sleeps only once the watched thread is about to make its call, so the call blocks for that time
 * whatever the scheduler does.
 */
final class Late {

    static final long MILLIS = 50;

    private static volatile CountDownLatch begun = new CountDownLatch(1);

    static {
        // a wait for a condition initialises it before it parks: were that slow, the signal would come first
        ForkJoinPool.commonPool();
    }

    private Late() {}

    /** Arms the next primitive. */
    static void reset() {
        begun = new CountDownLatch(1);
    }

    /** The primitive's call comes next. */
    static void begin() {
        begun.countDown();
    }

    /** Runs {@code action} on another thread, late. */
    static Thread run(Body action) {
        CountDownLatch armed = begun;
        return start("late peer", () -> {
            armed.await();
            Thread.sleep(MILLIS);
            action.run();
        });
    }

    /** Runs {@code action} on another thread, at once. */
    static Thread start(String name, Body action) {
        Thread thread = new Thread(
                () -> {
                    try {
                        action.run();
                    } catch (Exception e) {
                        System.out.println("PEER FAILED " + e);
                        e.printStackTrace();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * Holds something that another thread must hold: acquires it there, and releases it late. Returns once it is held.
     */
    static void hold(Body acquire, Body release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch armed = begun;
        start("holder", () -> {
            acquire.run();
            held.countDown();
            armed.await();
            Thread.sleep(MILLIS);
            release.run();
        });
        held.await();
    }

    /** Holds the monitor of {@code lock} on another thread until late. Returns once it is held. */
    static void holdMonitor(Object lock) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch armed = begun;
        start("monitor holder", () -> {
            synchronized (lock) {
                held.countDown();
                armed.await();
                Thread.sleep(MILLIS);
            }
        });
        held.await();
    }
}
