package app.pools;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordingStream;

/**
 * Pools that get on all the time and never catch up: their workers are between two tasks again and again, while each
 * task waits for more than a second. Beside them pools that only look busy.
 */
public final class Swamped {

    private static final int WORKERS = 2;
    private static final int TASKS = 120;
    private static final int TASK_MILLIS = 20;
    private static final long FEED_MILLIS = 4_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static volatile boolean fed = true;

    private Swamped() {}

    public static void main(String[] args) throws Exception {
        Set<String> ended = ConcurrentHashMap.newKeySet();
        CountDownLatch allEnded = new CountDownLatch(4);
        try (RecordingStream events = new RecordingStream()) {
            events.onEvent("stallsight.PoolExhausted", event -> {
                if (!event.getBoolean("ongoing") && ended.add(event.getString("name"))) {
                    allEnded.countDown();
                }
            });
            events.enable("stallsight.PoolExhausted");
            events.startAsync();
            healthy();
            differentTasks();
            mailboxes("mailbox", 1);
            mailboxes("actors", 10);
            mailboxes("priority", 10);
            Thread.sleep(FEED_MILLIS);
            fed = false;
            if (!allEnded.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                System.out.println("MISSING: only " + ended + " have ended");
            }
        }
        System.exit(0);
    }

    /** Each task queues another one. */
    private static void differentTasks() {
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS, named("swamped"));
        for (int i = 0; i < TASKS; i++) {
            pool.execute(() -> workAndQueueAnother(pool));
        }
    }

    private static void workAndQueueAnother(ExecutorService pool) {
        sleep(TASK_MILLIS);
        if (fed) {
            pool.execute(() -> workAndQueueAnother(pool));
        }
    }

    /** So many objects queue themselves again and again. */
    private static void mailboxes(String name, int objects) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                1,
                TimeUnit.MINUTES,
                name.equals("priority") ? new PriorityBlockingQueue<>() : new LinkedBlockingQueue<>(),
                named(name));
        Mailbox[] mailboxes = new Mailbox[objects];
        for (int i = 0; i < objects; i++) {
            mailboxes[i] = new Mailbox(i, pool);
        }
        for (int i = 0; i < TASKS; i++) {
            pool.execute(mailboxes[i % objects]);
        }
    }

    private record Mailbox(int number, ExecutorService pool) implements Runnable, Comparable<Mailbox> {
        @Override
        public void run() {
            sleep(TASK_MILLIS);
            if (fed) {
                pool.execute(this);
            }
        }

        @Override
        public int compareTo(Mailbox other) {
            return Integer.compare(number, other.number);
        }
    }

    private static void healthy() {
        ScheduledExecutorService later = Executors.newScheduledThreadPool(1, named("later"));
        for (int i = 0; i < 100; i++) {
            later.schedule(() -> {}, 1, TimeUnit.HOURS);
        }
        later.scheduleWithFixedDelay(() -> sleep(50), 0, 1, TimeUnit.MILLISECONDS);
        Executors.newSingleThreadExecutor(named("sleeper")).execute(() -> sleep(TimeUnit.HOURS.toMillis(1)));
        ExecutorService direct = Executors.newCachedThreadPool(named("direct"));
        for (int i = 0; i < 10; i++) {
            direct.execute(() -> sleep(TimeUnit.HOURS.toMillis(1)));
        }
        ExecutorService bursts = Executors.newFixedThreadPool(WORKERS, named("bursts"));
        Executors.newScheduledThreadPool(1, named("ticker"))
                .scheduleAtFixedRate(
                        () -> {
                            for (int i = 0; i < 8; i++) {
                                bursts.execute(() -> sleep(10));
                            }
                        },
                        0,
                        200,
                        TimeUnit.MILLISECONDS);
        ForkJoinPool async = new ForkJoinPool(2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
        async.execute(() -> sleep(TimeUnit.HOURS.toMillis(1)));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
