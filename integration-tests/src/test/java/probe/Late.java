package probe;

import java.util.concurrent.CountDownLatch;

/**
 * The late peer of a primitive. It acts {@value #MILLIS} ms after the watched thread has begun to block.
 *
 * <p>The peer thread waits until the watched thread is in its call, and then sleeps. So the call blocks for at least
 * that time, whatever the scheduler does and however long the call's classes take to load.
 */
final class Late {

    static final long MILLIS = 50;

    private static volatile CountDownLatch begun = new CountDownLatch(1);

    private static volatile Thread caller = Thread.currentThread();

    private Late() {}

    /** Prepares for the next primitive. */
    static void reset() {
        begun = new CountDownLatch(1);
    }

    /** Must be called on the watched thread directly before the primitive's call. */
    static void begin() {
        caller = Thread.currentThread();
        begun.countDown();
    }

    private static void sleepOnceBlocked(CountDownLatch armed) throws InterruptedException {
        armed.await();
        Thread watched = caller;
        // Twice in a row: a single look may meet the thread in another native method on its way to the call.
        for (int seen = 0; seen < 2 && watched.isAlive(); seen = isBlocked(watched) ? seen + 1 : 0) {
            Thread.sleep(1);
        }
        Thread.sleep(MILLIS);
    }

    /** A thread that waits for I/O has the state RUNNABLE and a native method on top of its stack. */
    private static boolean isBlocked(Thread watched) {
        StackTraceElement[] stack = watched.getStackTrace();
        return watched.getState() != Thread.State.RUNNABLE || stack.length > 0 && stack[0].isNativeMethod();
    }

    /** Runs {@code action} on another thread, with the delay. */
    static Thread run(Body action) {
        CountDownLatch armed = begun;
        return start("late peer", () -> {
            sleepOnceBlocked(armed);
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

    /** Acquires something on another thread and releases it with the delay. Returns as soon as that thread holds it. */
    static void hold(Body acquire, Body release) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch armed = begun;
        start("holder", () -> {
            acquire.run();
            held.countDown();
            sleepOnceBlocked(armed);
            release.run();
        });
        held.await();
    }

    /** The same for the monitor of {@code lock}. */
    static void holdMonitor(Object lock) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch armed = begun;
        start("monitor holder", () -> {
            synchronized (lock) {
                held.countDown();
                sleepOnceBlocked(armed);
            }
        });
        held.await();
    }
}
