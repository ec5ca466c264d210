package app.pools;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.scheduler.Schedulers;

/** Pools of every kind: stuck ones, starving ones and healthy ones. Ends when the agent has reported all of them. */
public final class ManyPools {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private ManyPools() {}

    public static void main(String[] args) throws Exception {
        try (Witness witness = new Witness()) {
            stuck();
            starvedByFutureTask();
            starvedByCompletableFuture();
            refusing();
            Executors.newScheduledThreadPool(2, named("timer")).schedule(() -> {}, 1, TimeUnit.HOURS);
            Executors.newScheduledThreadPool(1, named("ticker"))
                    .scheduleAtFixedRate(() -> {}, 0, 5, TimeUnit.MILLISECONDS);
            feed(Executors.newFixedThreadPool(4, named("healthy")), 2, 0);
            feed(Executors.newFixedThreadPool(1, named("slow")), 6, 20);
            feed(new ForkJoinPool(2), 2, 0);
            feed(ForkJoinPool.commonPool(), 1, 0);
            feed(task -> Schedulers.boundedElastic().schedule(task), 3, 1);
            Set<String> names = new TreeSet<>(Set.of(
                    "legacy-#",
                    "starving-#",
                    "small-#",
                    "timer-#",
                    "healthy-#",
                    "slow-#",
                    "ForkJoinPool-1-worker-#",
                    "ForkJoinPool.commonPool-worker-#",
                    "boundedElastic-#"));
            if (Runtime.version().feature() >= 21) {
                virtualThreads();
                names.add("virtual threads");
                names.remove("ForkJoinPool-1-worker-#"); // the scheduler may be the first
            }
            witness.await(names, Set.of("legacy-#", "starving-#", "composing-#"), TIMEOUT);
        }
        System.out.println("DONE");
        System.exit(0);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Four threads in a client without a timeout, and three tasks in the queue. */
    private static void stuck() throws Exception {
        LegacyClient client = new LegacyClient();
        ExecutorService pool = Executors.newFixedThreadPool(4, named("legacy"));
        for (int i = 0; i < 7; i++) {
            pool.execute(client::fetch);
        }
    }

    private static void starvedByFutureTask() {
        ExecutorService pool = Executors.newFixedThreadPool(2, named("starving"));
        CyclicBarrier both = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            pool.submit(() -> {
                both.await();
                return pool.submit(() -> 1).get();
            });
        }
    }

    private static void starvedByCompletableFuture() {
        ExecutorService pool = Executors.newFixedThreadPool(2, named("composing"));
        CyclicBarrier both = new CyclicBarrier(2);
        for (int i = 0; i < 2; i++) {
            pool.execute(() -> {
                try {
                    both.await();
                } catch (InterruptedException | BrokenBarrierException e) {
                    throw new IllegalStateException(e);
                }
                CompletableFuture.supplyAsync(() -> 1, pool)
                        .thenApply(one -> one + 1)
                        .join();
            });
        }
    }

    /** One runs, one waits, three are refused. */
    private static void refusing() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(1), named("small"));
        pool.execute(() -> {
            begun.countDown();
            new Semaphore(0).acquireUninterruptibly();
        });
        begun.await();
        Runnable task = () -> {};
        pool.execute(task);
        for (int i = 0; i < 3; i++) {
            try {
                pool.execute(task);
            } catch (RejectedExecutionException expected) {
                // the queue is full
            }
        }
    }

    /** Keeps this number of tasks of that length in a pool, for ever. */
    private static void feed(Executor pool, int tasks, long millis) {
        Semaphore free = new Semaphore(tasks);
        Thread feeder = new Thread(
                () -> {
                    while (true) {
                        free.acquireUninterruptibly();
                        pool.execute(() -> {
                            try {
                                Thread.sleep(millis);
                            } catch (InterruptedException end) {
                                return;
                            } finally {
                                free.release();
                            }
                        });
                        if (millis == 0) {
                            Thread.yield();
                        }
                    }
                },
                "feeder");
        feeder.setDaemon(true);
        feeder.start();
    }

    private static void virtualThreads() throws ReflectiveOperationException {
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        feed(executor, 4, 1);
    }
}
