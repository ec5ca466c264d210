package io.stallsight.engine.check;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.nio.channels.AsynchronousChannelGroup;
import java.util.List;
import java.util.Objects;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The idle points of pools. They have to run on the calling thread, so each pool gets a worker thread that ends at
 * once, and the calling thread takes over the worker's loop.
 */
final class ExercisePools {

    private ExercisePools() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("ThreadPoolExecutor.getTask", ExercisePools::threadPool),
                new Exercise("ThreadPoolExecutor.reject", ExercisePools::rejection),
                new Exercise("ForkJoinPool.awaitWork", ExercisePools::forkJoinPool),
                new Exercise("ForkJoinPool.awaitQuiescence", ExercisePools::quiescence),
                new Exercise("tasks with times, forked tasks", ExercisePools::handOvers),
                new Exercise("what depends on a CompletableFuture", ExercisePools::dependents),
                new Exercise("ExecutorService.invokeAll, invokeAny", ExercisePools::invoke),
                new Exercise("AsynchronousChannelGroup", ExercisePools::channelGroup));
    }

    /** Keeps the worker's loop for the calling thread and gives the pool a thread that only passes interrupts on. */
    private static final class Understudy implements ThreadFactory {
        private final Thread actor = Thread.currentThread();
        private @Nullable Runnable worker;

        @Override
        public Thread newThread(Runnable runnable) {
            worker = runnable;
            Thread thread = new Thread("stallsight-exercise-worker") {
                @Override
                public void interrupt() {
                    actor.interrupt(); // a pool that is shut down wakes its workers like this
                }
            };
            thread.setDaemon(true);
            return thread;
        }

        void work() {
            try {
                Objects.requireNonNull(worker, "worker").run();
            } finally {
                Thread.interrupted();
            }
        }
    }

    private static void invoke() throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            pool.invokeAll(List.of(() -> 1));
            pool.invokeAny(List.of(() -> 1));
        } finally {
            pool.shutdown();
        }
    }

    /** Hands work over to other threads in every way; the JDK keeps the threads of the delayed future. */
    private static void handOvers() throws InterruptedException, ExecutionException, ReflectiveOperationException {
        ScheduledExecutorService pool = Executors.newScheduledThreadPool(1);
        try {
            pool.schedule(() -> 1, 0, MILLISECONDS).get();
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, MILLISECONDS, pool))
                    .get();
        } finally {
            pool.shutdown();
        }
        ForkJoinTask.adapt(() -> 1).fork().join();
        Timer timer = new Timer(true);
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        ran.countDown();
                    }
                },
                0);
        ran.await();
        timer.cancel();
        if (Runtime.version().feature() >= 21) {
            Thread virtual = (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, (Runnable) () -> {});
            virtual.join();
        }
    }

    /** Each kind of dependent, of a future that is completed later. */
    private static void dependents() {
        CompletableFuture<Integer> source = new CompletableFuture<>();
        CompletableFuture<Integer> other = new CompletableFuture<>();
        CompletableFuture<Integer> failing = new CompletableFuture<>();
        var unused = List.of(
                source.thenApply(one -> one),
                source.thenAccept(one -> {}),
                source.thenRun(() -> {}),
                source.whenComplete((one, failure) -> {}),
                source.handle((one, failure) -> one),
                source.thenCompose(one -> other),
                failing.exceptionally(failure -> 1),
                failing.exceptionallyCompose(failure -> other),
                source.thenCombine(other, Integer::sum),
                source.thenAcceptBoth(other, (one, two) -> {}),
                source.runAfterBoth(other, () -> {}),
                source.applyToEither(other, one -> one),
                source.acceptEither(other, one -> {}),
                source.runAfterEither(other, () -> {}));
        failing.completeExceptionally(new IllegalStateException());
        source.complete(1);
        other.complete(2);
    }

    private static void threadPool() {
        Understudy understudy = new Understudy();
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 1, MILLISECONDS, new LinkedBlockingQueue<>(), understudy);
        try {
            pool.allowCoreThreadTimeOut(true);
            pool.prestartCoreThread();
            understudy.work();
        } finally {
            pool.shutdownNow();
        }
    }

    private static void rejection() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 1, MILLISECONDS, new LinkedBlockingQueue<>());
        pool.shutdown();
        try {
            pool.execute(() -> {});
        } catch (RejectedExecutionException expected) {
            // it is shut down
        }
    }

    /** Runs the worker's loop only on the thread that made it. */
    private static final class ForkJoinUnderstudy extends ForkJoinWorkerThread {
        private final Thread actor;

        ForkJoinUnderstudy(ForkJoinPool pool, Thread actor) {
            super(pool);
            this.actor = actor;
        }

        @Override
        public void run() {
            if (Thread.currentThread() == actor) {
                super.run();
            }
        }
    }

    private static void forkJoinPool() {
        Thread caller = Thread.currentThread();
        AtomicReference<@Nullable ForkJoinUnderstudy> worker = new AtomicReference<>();
        ForkJoinPool pool = new ForkJoinPool(
                1,
                owner -> {
                    ForkJoinUnderstudy understudy = new ForkJoinUnderstudy(owner, caller);
                    worker.set(understudy);
                    return understudy;
                },
                null,
                false,
                0,
                1,
                0,
                null,
                1,
                MILLISECONDS);
        try {
            pool.execute(() -> {});
            ForkJoinUnderstudy understudy = Objects.requireNonNull(worker.get(), "worker");
            understudy.run(); // until it has been idle for the pool's keep-alive time
        } finally {
            pool.shutdownNow();
        }
    }

    private static void quiescence() throws InterruptedException {
        ForkJoinPool pool = new ForkJoinPool(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try {
            pool.execute(() -> {
                begun.countDown();
                try {
                    end.await();
                } catch (InterruptedException shutDown) {
                    Thread.currentThread().interrupt();
                }
            });
            begun.await(); // a task that no worker has begun would be run by the thread that waits
            pool.awaitQuiescence(1, MILLISECONDS);
        } finally {
            end.countDown();
            pool.shutdown();
        }
    }

    private static void channelGroup() throws Throwable {
        Understudy understudy = new Understudy();
        AsynchronousChannelGroup group = AsynchronousChannelGroup.withFixedThreadPool(1, understudy);
        ExerciseHelper.alongside(understudy::work, group::shutdownNow);
    }
}
