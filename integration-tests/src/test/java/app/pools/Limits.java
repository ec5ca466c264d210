package app.pools;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Semaphores that guard work: one that is left by those who are in a hurry, and some that run dry, each in a way of its
 * own.
 */
final class Limits {

    private static final int MANY = 50;
    private static final ExecutorService WORKER = Executors.newFixedThreadPool(1, Feed.named("forgetful"));

    private Limits() {}

    /** Its only permit is out while another thread gives up, again and again. Returns its name. */
    static String impatient() throws InterruptedException {
        Limit limit = new Limit(Limit.here(), new Semaphore(1));
        limit.permits().acquire();
        start("in-a-hurry", () -> {
            for (int i = 0; i < 2; i++) {
                limit.permits().tryAcquire(250, TimeUnit.MILLISECONDS);
            }
            limit.permits().tryAcquire();
        });
        return limit.name();
    }

    /** Each holder waits for another permit, which only another holder could release. Returns its name. */
    static String nested() {
        Limit limit = new Limit(Limit.here(), new Semaphore(2));
        limit.use(MANY);
        CyclicBarrier both = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            start("inner-" + i, () -> {
                limit.permits().acquire();
                both.await();
                inner(limit.permits());
            });
        }
        return limit.name();
    }

    private static void inner(Semaphore permits) throws InterruptedException {
        permits.acquire();
        permits.release(2);
    }

    /** A thread that has all permits works for long. Returns its name. */
    static String heavy() throws Exception {
        Limit limit = new Limit(Limit.here(), new Semaphore(5));
        limit.use(MANY);
        CyclicBarrier both = new CyclicBarrier(2);
        start("heavy", () -> {
            limit.permits().acquire(5);
            both.await();
            compact();
        });
        both.await();
        start("light", limit.permits()::acquire);
        return limit.name();
    }

    private static void compact() throws InterruptedException {
        new CountDownLatch(1).await(60, TimeUnit.SECONDS);
    }

    /** One thread ends with its permit, and another one goes on to wait for work. Returns its name. */
    static String leaky() throws Exception {
        Limit limit = new Limit(Limit.here(), new Semaphore(2));
        limit.use(MANY);
        Thread.sleep(50); // the line of an acquire is taken now and then
        WORKER.submit(() -> forget(limit)).get();
        Thread.sleep(50);
        start("forgets", () -> forget(limit)).join();
        start("waits-for-lost", () -> wait(limit));
        return limit.name();
    }

    private static boolean forget(Limit limit) {
        return limit.permits().tryAcquire();
    }

    private static void wait(Limit limit) throws InterruptedException {
        limit.permits().acquire();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
