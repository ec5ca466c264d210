package probe;

import java.util.concurrent.CountDownLatch;

/**
 * What a primitive waits for, done {@value #MILLIS} ms after the primitive was seen to block.
 *
 * <p>The peer thread sleeps only once the watched thread is in its call, so the call blocks for that time whatever the
 * scheduler does and however long the call's classes take to load.
 */
final class Late {

    static final long MILLIS = 50;

    private static volatile CountDownLatch begun = new CountDownLatch(1);

    private static volatile Thread caller = Thread.currentThread();

    private Late() {}

    /** Arms the next primitive. */
    static void reset() {
        begun = new CountDownLatch(1);
    }

    /** The primitive's call comes next. */
    static void begin() {
        caller = Thread.currentThread();
        begun.countDown();
    }

    private static void sleepOnceBlocked(CountDownLatch armed) throws InterruptedException {
        armed.await();
        Thread watched = caller;
        // twice in a row: on its way to the call it may come by a native method, but does not stay there
        for (int seen = 0; seen < 2 && watched.isAlive(); seen = isBlocked(watched) ? seen + 1 : 0) {
            Thread.sleep(1);
        }
        Thread.sleep(MILLIS);
    }

    /** For Java a thread that waits for I/O is runnable, in a native method. */
    private static boolean isBlocked(Thread watched) {
        StackTraceElement[] stack = watched.getStackTrace();
        return watched.getState() != Thread.State.RUNNABLE || stack.length > 0 && stack[0].isNativeMethod();
    }

    /** Runs {@code action} on another thread, late. */
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

    /**
     * Holds something that another thread must hold: acquires it there, and releases it late. Returns once it is held.
     */
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

    /** Holds the monitor of {@code lock} on another thread until late. Returns once it is held. */
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
