package app.pools;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Semaphores for which threads wait for seconds by design: most guard no work. They go on until the program ends. */
final class InnocentSemaphores {

    private static final long LONG_MILLIS = 2_500;

    private InnocentSemaphores() {}

    /** Returns how many there are. */
    static int start() {
        signal();
        turns();
        meter();
        handedOn();
        lastOne();
        throttle();
        pace();
        return 7;
    }

    /** One thread says to another that there is something to do. */
    private static void signal() {
        Semaphore work = new Semaphore(1);
        forever("signal-takes", work::acquire);
        forever("signal-gives", () -> {
            Thread.sleep(LONG_MILLIS);
            work.release();
        });
    }

    /** Two threads take turns. */
    private static void turns() {
        Semaphore first = new Semaphore(1);
        Semaphore second = new Semaphore(1);
        second.acquireUninterruptibly();
        forever("turn-1", () -> {
            first.acquire();
            Thread.sleep(LONG_MILLIS);
            second.release();
        });
        forever("turn-2", () -> {
            second.acquire();
            Thread.sleep(LONG_MILLIS);
            first.release();
        });
    }

    /** A timer gives out what may be done in its next period. */
    private static void meter() {
        Semaphore budget = new Semaphore(4);
        for (int i = 0; i < 6; i++) {
            forever("metered-" + i, () -> {
                budget.acquire();
                Thread.sleep(1);
            });
        }
        forever("meter", () -> {
            Thread.sleep(LONG_MILLIS);
            budget.release(4 - budget.availablePermits());
        });
    }

    /** The thread that hands work on waits for room; another one makes it. */
    private static void handedOn() {
        Semaphore room = new Semaphore(2);
        ExecutorService workers = Executors.newFixedThreadPool(2, Feed.named("room"));
        forever("hands-on", () -> {
            room.acquire();
            workers.execute(() -> {
                sleep(LONG_MILLIS);
                room.release();
            });
        });
    }

    /** A thread that wants all permits waits until the work of others is over. */
    private static void lastOne() {
        Semaphore running = new Semaphore(3);
        for (int i = 0; i < 3; i++) {
            forever("running-" + i, () -> {
                running.acquire();
                Thread.sleep(LONG_MILLIS);
                running.release();
            });
        }
        forever("last", () -> {
            running.acquire(3);
            running.release(3);
        });
    }

    /** Many threads pass one after the other, each in a moment. */
    private static void throttle() {
        Semaphore few = new Semaphore(3);
        for (int i = 0; i < 90; i++) {
            forever("throttled-" + i, () -> {
                few.acquire();
                Thread.sleep(60);
                few.release();
            });
        }
    }

    /** Each thread keeps its permit for long, to limit a rate. */
    private static void pace() {
        Semaphore one = new Semaphore(1, true);
        for (int i = 0; i < 3; i++) {
            forever("paced-" + i, () -> {
                one.acquire();
                Thread.sleep(LONG_MILLIS / 2);
                one.release();
            });
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private static void forever(String name, Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            step.run();
                        }
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
