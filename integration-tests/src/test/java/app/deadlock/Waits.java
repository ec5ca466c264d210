package app.deadlock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits of many shapes, each on a loop of its own that has the name of the shape, all at the same time. {@code true-*}
 * wait for themselves, {@code innocent-*} for another thread, and {@code late-*} for another thread that needs long.
 */
public final class Waits {

    /** After this time another thread completes what an innocent loop waits for. */
    static final long SHORT_MILLIS = 150;

    /** The same where nobody may suspect the loop, however long it waits. */
    static final long LONG_MILLIS = 2_000;

    /** Of the waits that would not end. */
    static final long TIMEOUT_MILLIS = 3_000;

    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(named("helper"));

    /** What a loop does in its task. */
    interface Shape {
        void run(ScheduledExecutorService loop) throws Exception;
    }

    private Waits() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        InnocentFutures.addTo(shapes);
        InnocentResources.addTo(shapes);
        InnocentFrameworks.addTo(shapes);
        TrueDeadlocks.addTo(shapes);
        List<ScheduledExecutorService> loops = new ArrayList<>();
        for (String name : shapes.keySet()) {
            ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(named(name));
            loop.submit(() -> "makes it a loop: it waits for work now").get();
            loops.add(loop);
        }
        Thread.sleep(200);
        List<Future<?>> ends = new ArrayList<>();
        int i = 0;
        for (Shape shape : shapes.values()) {
            ScheduledExecutorService loop = loops.get(i++);
            ends.add(loop.submit(() -> {
                shape.run(loop);
                return null;
            }));
        }
        i = 0;
        for (String name : shapes.keySet()) {
            try {
                ends.get(i++).get(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                System.out.println("FAILED " + name + ": " + e);
            }
        }
        System.out.println("INNOCENT "
                + shapes.keySet().stream()
                        .filter(name -> name.startsWith("innocent-"))
                        .count());
        Thread.sleep(300); // what has to be withdrawn is withdrawn
        System.exit(0);
    }

    /** Another thread does it after a time; until then it is on that thread's stack only. */
    static void later(long millis, Runnable action) {
        CountDownLatch begun = new CountDownLatch(1);
        HELPERS.execute(() -> {
            begun.countDown();
            sleep(millis);
            action.run();
        });
        try {
            begun.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a time that is enough if another thread completes the future. */
    static void await(Future<?> future) throws Exception {
        try {
            future.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException ofTrueDeadlocks) {
            // the loop goes on
        }
    }

    static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
