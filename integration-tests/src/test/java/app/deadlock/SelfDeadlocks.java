package app.deadlock;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Each case on a loop of its own, named after the case. Every wait has a timeout, so that the program ends. */
public final class SelfDeadlocks {

    private static final long TIMEOUT_MILLIS = 1_500;

    private SelfDeadlocks() {}

    public static void main(String[] arguments) throws Exception {
        netty();
        pool();
        twoLoops();
        otherThread();
    }

    /** The task that completes the future is in the queue of the loop that waits. */
    private static void netty() throws Exception {
        try (Loop loop = new Loop("netty-self")) {
            loop.run(() -> {
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                loop.executor.execute(() -> answer.complete(1));
                await(answer);
            });
        }
    }

    /** A task of a single-thread pool waits for the next one. */
    private static void pool() throws Exception {
        ScheduledExecutorService pool =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "pool-loop-1"));
        try {
            pool.submit(() -> "makes it a loop: it has waited for work").get();
            Thread.sleep(100);
            pool.submit(() -> await(pool.submit(() -> 1))).get();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void twoLoops() throws Exception {
        try (Loop left = new Loop("cycle-left");
                Loop right = new Loop("cycle-right")) {
            CompletableFuture<Integer> forLeft = new CompletableFuture<>();
            CompletableFuture<Integer> forRight = new CompletableFuture<>();
            CountDownLatch running = new CountDownLatch(2);
            Future<?> first = left.executor.submit(() -> {
                meet(running);
                right.executor.execute(() -> forLeft.complete(1));
                await(forLeft);
            });
            Future<?> second = right.executor.submit(() -> {
                meet(running);
                left.executor.execute(() -> forRight.complete(1));
                await(forRight);
            });
            first.get();
            second.get();
        }
    }

    /** Waits for another thread after it has queued another task to itself: bad, but no deadlock. */
    private static void otherThread() throws Exception {
        try (Loop loop = new Loop("innocent")) {
            loop.run(() -> {
                CompletableFuture<Integer> answer = new CompletableFuture<>();
                StringBuilder unrelated = new StringBuilder();
                loop.executor.execute(() -> unrelated.append("later"));
                Thread helper = new Thread(() -> {
                    sleep(500);
                    answer.complete(1);
                });
                helper.start();
                await(answer);
            });
        }
    }

    private static void await(Future<Integer> answer) {
        try {
            answer.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException asExpected) {
            // the loop goes on
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CountDownLatch both) {
        both.countDown();
        try {
            both.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One Netty loop. */
    private static final class Loop implements AutoCloseable {
        final MultiThreadIoEventLoopGroup group;
        final EventExecutor executor;

        Loop(String name) throws Exception {
            group = new MultiThreadIoEventLoopGroup(
                    1, (ThreadFactory) task -> new Thread(task, name), NioIoHandler.newFactory());
            executor = group.next();
            // the agent recognises it as a loop after its first wait for work
            executor.submit(() -> {}).sync();
            Thread.sleep(100);
            executor.submit(() -> {}).sync();
        }

        void run(Runnable task) throws Exception {
            executor.submit(task).sync();
        }

        @Override
        public void close() {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }
}
