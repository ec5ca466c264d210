package app.pools;

import static app.pools.Feed.compute;
import static app.pools.Feed.device;
import static app.pools.Feed.every;
import static app.pools.Feed.named;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Pools that are exhausted, each in a way of its own. Ends when the agent has reported all of them. */
public final class ExhaustedPools {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private ExhaustedPools() {}

    public static void main(String[] args) throws Exception {
        try (Witness witness = new Witness()) {
            hanging();
            overloaded();
            ofOneThread();
            witness.await(
                    Set.of(),
                    Set.of(
                            "hanging-#",
                            "locked-#",
                            "starving-#",
                            "closed-#",
                            "computing-#",
                            "timid-#",
                            "burst-#",
                            "mailer-#",
                            "retries-#",
                            "audit-#"),
                    TIMEOUT);
        }
        System.out.println("DONE");
        System.exit(0);
    }

    private static void hanging() throws Exception {
        LegacyClient client = new LegacyClient();
        ExecutorService hanging = Executors.newFixedThreadPool(4, named("hanging"));
        for (int i = 0; i < 7; i++) {
            hanging.execute(client::fetch);
        }
        ExecutorService audit = Executors.newSingleThreadExecutor(named("audit"));
        audit.execute(client::fetch);
        every(50, () -> audit.execute(() -> {}));
        Object lock = new Object();
        Thread owner = new Thread(() -> {
            synchronized (lock) {
                client.fetch();
            }
        });
        owner.setDaemon(true);
        owner.start();
        ExecutorService locked = Executors.newFixedThreadPool(3, named("locked"));
        for (int i = 0; i < 6; i++) {
            locked.execute(() -> {
                device(50);
                synchronized (lock) {
                    lock.notifyAll();
                }
            });
        }
        ExecutorService starving = Executors.newFixedThreadPool(2, named("starving"));
        CyclicBarrier both = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            starving.submit(() -> {
                both.await();
                return starving.submit(() -> 1).get();
            });
        }
    }

    private static void overloaded() {
        ExecutorService closed =
                new ThreadPoolExecutor(2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(50), named("closed"));
        for (int i = 0; i < 30; i++) {
            Thread caller = new Thread(() -> callForEver(closed));
            caller.setDaemon(true);
            caller.start();
        }
        ExecutorService timid =
                new ThreadPoolExecutor(1, 10, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), named("timid"));
        every(20, () -> timid.execute(() -> device(50)));
        ExecutorService burst = Executors.newFixedThreadPool(2, named("burst"));
        for (int i = 0; i < 200; i++) {
            burst.execute(() -> device(50));
        }
        ExecutorService computing = Executors.newFixedThreadPool(1, named("computing"));
        every(20, () -> computing.execute(() -> compute(30)));
    }

    private static void callForEver(ExecutorService pool) {
        try {
            while (true) {
                pool.submit(() -> device(50)).get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ofOneThread() {
        ExecutorService mailer = Executors.newSingleThreadExecutor(named("mailer"));
        every(25, () -> mailer.execute(() -> device(50)));
        ScheduledExecutorService retries = Executors.newScheduledThreadPool(1, named("retries"));
        every(20, () -> retries.schedule(() -> device(50), 10, TimeUnit.MILLISECONDS));
    }
}
