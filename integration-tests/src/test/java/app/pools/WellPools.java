package app.pools;

import static app.pools.Feed.after;
import static app.pools.Feed.compute;
import static app.pools.Feed.device;
import static app.pools.Feed.every;
import static app.pools.Feed.named;
import static app.pools.Feed.sleep;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.channels.Selector;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * Pools that are well though tasks wait in them, each for longer than a third of a second: with a threshold of that
 * length none of them is exhausted.
 */
public final class WellPools {

    private static final long RUN_MILLIS = 4_500;

    private WellPools() {}

    public static void main(String[] args) {
        connectionsOfHikari();
        schedulers();
        serialPools();
        batches();
        forkJoin();
        consumers();
        busyPools();
        sleep(RUN_MILLIS);
        System.out.println("DONE");
        System.exit(0);
    }

    /** The pool of one thread that opens connections gets a task for each of them, and sleeps between two. */
    private static void connectionsOfHikari() {
        daemon(() -> new HikariDataSource(hikari("orders")));
        daemon(() -> {
            HikariDataSource busy = new HikariDataSource(hikari("busy-orders"));
            for (int i = 0; i < 30; i++) {
                daemon(() -> borrowForEver(busy));
            }
        });
    }

    private static HikariConfig hikari(String name) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setInitializationFailTimeout(-1);
        config.setDataSource(slowDatabase());
        return config;
    }

    private static void borrowForEver(DataSource database) {
        while (true) {
            try (Connection connection = database.getConnection()) {
                device(connection.isClosed() ? 0 : 20);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private static DataSource slowDatabase() {
        ClassLoader loader = WellPools.class.getClassLoader();
        Object connection = Proxy.newProxyInstance(
                loader, new Class<?>[] {Connection.class}, (proxy, method, args) -> switch (method.getName()) {
                    case "isValid" -> true;
                    case "getNetworkTimeout", "getTransactionIsolation" -> 1;
                    default -> method.getReturnType() == boolean.class ? (Object) false : null;
                });
        return (DataSource) Proxy.newProxyInstance(loader, new Class<?>[] {DataSource.class}, (proxy, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                return method.getReturnType() == int.class ? (Object) 0 : null;
            }
            device(150);
            return connection;
        });
    }

    private static void schedulers() {
        ScheduledExecutorService jobs = Executors.newScheduledThreadPool(1, named("jobs"));
        jobs.scheduleWithFixedDelay(() -> device(700), 0, 100, TimeUnit.MILLISECONDS);
        jobs.scheduleWithFixedDelay(() -> {}, 0, 50, TimeUnit.MILLISECONDS);
        jobs.scheduleAtFixedRate(() -> {}, 0, 50, TimeUnit.MILLISECONDS);
        Executors.newScheduledThreadPool(1, named("late-job"))
                .scheduleAtFixedRate(() -> device(500), 0, 100, TimeUnit.MILLISECONDS);
        ScheduledExecutorService timeouts = Executors.newScheduledThreadPool(1, named("timeouts"));
        for (int i = 0; i < 1_000; i++) {
            timeouts.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
        timeouts.scheduleWithFixedDelay(() -> sleep(400), 0, 1, TimeUnit.MILLISECONDS);
    }

    private static void serialPools() {
        ExecutorService writer = Executors.newSingleThreadExecutor(named("writer"));
        for (int i = 0; i < 5; i++) {
            writer.execute(() -> device(400));
        }
        ExecutorService imports = Executors.newSingleThreadExecutor(named("import"));
        imports.execute(() -> compute(700));
        imports.execute(() -> {});
        imports.execute(() -> {});
        ExecutorService limiter = Executors.newSingleThreadExecutor(named("limiter"));
        for (int i = 0; i < 8; i++) {
            limiter.execute(() -> sleep(200));
        }
        every(350, () -> limiter.execute(() -> sleep(200)));
        ExecutorService pacer = Executors.newSingleThreadExecutor(named("pacer"));
        every(100, () -> pacer.execute(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150))));
        ExecutorService flusher = new ThreadPoolExecutor(
                1,
                1,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(1),
                named("flusher"),
                new ThreadPoolExecutor.DiscardPolicy());
        every(20, () -> flusher.execute(() -> device(450)));
        ExecutorService appender = Executors.newSingleThreadExecutor(named("appender"));
        every(10, () -> appender.execute(() -> device(1)));
        ExecutorService closing = Executors.newSingleThreadExecutor(named("closing"));
        for (int i = 0; i < 8; i++) {
            closing.execute(() -> device(150));
        }
        closing.shutdown();
    }

    /** As much work as there is at the start, and none that comes behind it. */
    private static void batches() {
        ExecutorService startup = Executors.newFixedThreadPool(2, named("startup"));
        for (int i = 0; i < 7; i++) {
            startup.execute(() -> device(150));
        }
        ExecutorService warmup = Executors.newFixedThreadPool(4, named("warmup"));
        for (int i = 0; i < 44; i++) {
            warmup.execute(() -> device(40));
        }
    }

    private static void forkJoin() {
        ForkJoinPool recursion = new ForkJoinPool(2, pool -> worker(pool, "recursion"), null, false);
        for (int i = 0; i < 4; i++) {
            recursion.execute(new Split(32));
        }
        after(1_500, () -> {
            for (int i = 0; i < 3; i++) {
                CompletableFuture.runAsync(() -> compute(200));
            }
            LongStream.range(0, 20).parallel().map(i -> compute(10)).sum();
        });
    }

    private static java.util.concurrent.ForkJoinWorkerThread worker(ForkJoinPool pool, String name) {
        var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName(name + "-" + thread.getPoolIndex());
        return thread;
    }

    /** Computes the one half, and joins the other, which may be another worker's. */
    private static final class Split extends RecursiveTask<Long> {
        private static final long serialVersionUID = 1;
        private final int size;

        Split(int size) {
            this.size = size;
        }

        @Override
        protected Long compute() {
            if (size == 1) {
                return Feed.compute(15);
            }
            Split left = new Split(size / 2);
            left.fork();
            return new Split(size - size / 2).compute() + left.join();
        }
    }

    /** Each worker has one task, which never ends. */
    private static void consumers() {
        BlockingQueue<Runnable> records = new LinkedBlockingQueue<>();
        ExecutorService pollers = Executors.newFixedThreadPool(2, named("poller"));
        for (int i = 0; i < 2; i++) {
            pollers.execute(() -> {
                while (true) {
                    try {
                        records.poll(100, TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
        }
        Executors.newSingleThreadExecutor(named("disruptor")).execute(() -> {
            while (true) {
                LockSupport.parkNanos(100_000);
            }
        });
        ExecutorService loops = Executors.newFixedThreadPool(2, named("loops"));
        for (int i = 0; i < 2; i++) {
            loops.execute(WellPools::selectForEver);
        }
        loops.execute(() -> {});
    }

    private static void selectForEver() {
        try (Selector selector = Selector.open()) {
            while (true) {
                selector.select(50);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void busyPools() {
        ExecutorService bursts = Executors.newFixedThreadPool(2, named("bursts"));
        every(200, () -> {
            for (int i = 0; i < 8; i++) {
                bursts.execute(() -> device(10));
            }
        });
        ExecutorService direct = Executors.newCachedThreadPool(named("direct"));
        for (int i = 0; i < 30; i++) {
            direct.execute(() -> device(TimeUnit.HOURS.toMillis(1)));
        }
        RejectedExecutionHandler callerRuns = new ThreadPoolExecutor.CallerRunsPolicy();
        ExecutorService throttled = new ThreadPoolExecutor(
                2, 2, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(4), named("throttled"), callerRuns);
        every(10, () -> throttled.execute(() -> device(20)));
    }
}
