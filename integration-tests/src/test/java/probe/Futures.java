package probe;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Futures, executors and fork-join. */
final class Futures {

    private static final String FUTURE = "FUTURE";

    private Futures() {}

    private static CompletableFuture<String> completedLate() {
        CompletableFuture<String> future = new CompletableFuture<>();
        Late.run(() -> future.complete("late"));
        return future;
    }

    private static FutureTask<String> taskRunLate() {
        FutureTask<String> task = new FutureTask<>(() -> "late");
        Late.run(task::run);
        return task;
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.get")
    static Body completableFutureGet() {
        CompletableFuture<String> future = completedLate();
        return () -> getInAMethod(future);
    }

    private static void getInAMethod(Future<String> future) throws Exception {
        future.get();
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.get")
    static Body completableFutureGet_lambda() {
        CompletableFuture<String> future = completedLate();
        return () -> future.get();
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.get")
    static Body completableFutureGet_reference() {
        CompletableFuture<String> future = completedLate();
        return () -> Calls.call(future::get);
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.get")
    static Body completableFutureGetWithTimeout() {
        CompletableFuture<String> future = new CompletableFuture<>();
        return () -> {
            try {
                future.get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // expected
            }
        };
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.join")
    static Body completableFutureJoin() {
        CompletableFuture<String> future = completedLate();
        return () -> future.join();
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.join")
    static Body completableFutureJoin_reference() {
        CompletableFuture<String> future = completedLate();
        return () -> Calls.call(future::join);
    }

    @Blocks(value = FUTURE, api = "CompletableFuture.join")
    static Body completableFutureAllOfJoin() {
        CompletableFuture<?> all = CompletableFuture.allOf(completedLate(), completedLate());
        return () -> all.join();
    }

    @Blocks(value = FUTURE, api = "FutureTask.get")
    static Body futureTaskGet() {
        FutureTask<String> task = taskRunLate();
        return () -> getInAMethod(task);
    }

    @Blocks(value = FUTURE, api = "FutureTask.get")
    static Body futureTaskGetWithTimeout() {
        FutureTask<String> task = taskRunLate();
        return () -> task.get(10, TimeUnit.SECONDS);
    }

    @Blocks(FUTURE)
    static Body executorInvokeAll() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Callable<String> slow = () -> {
            Thread.sleep(60);
            return "late";
        };
        return () -> pool.invokeAll(List.of(slow, slow));
    }

    @Blocks("FUTURE/WAIT/LOCK/PARK")
    static Body executorAwaitTermination() {
        ExecutorService open = Executors.newSingleThreadExecutor();
        return () -> open.awaitTermination(50, TimeUnit.MILLISECONDS);
    }

    private static void sleepQuietly(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Blocks(FUTURE)
    static Body forkJoinTaskGet() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1); // otherwise the waiting thread may run the task itself
        CompletableFuture<String> late = completedLate();
        ForkJoinTask<?> task = ForkJoinPool.commonPool().submit(() -> {
            running.countDown();
            late.join();
        });
        running.await();
        return () -> task.get();
    }

    @Blocks(value = FUTURE, millis = 40)
    static Body forkJoinPoolInvoke() {
        ForkJoinPool pool = new ForkJoinPool(1);
        ForkJoinTask<?> task = ForkJoinTask.adapt(() -> sleepQuietly(60));
        return () -> pool.invoke(task);
    }

    @NeverBlocks
    static Body completableFutureGet_finished() {
        CompletableFuture<String> future = CompletableFuture.completedFuture("there");
        return () -> getInAMethod(future);
    }

    @NeverBlocks
    static Body completableFutureJoin_finished() {
        CompletableFuture<String> future = CompletableFuture.completedFuture("there");
        return () -> Calls.call(future::join);
    }

    @NeverBlocks
    static Body completableFutureGetWithTimeout_finished() {
        CompletableFuture<String> future = CompletableFuture.completedFuture("there");
        return () -> future.get(1, TimeUnit.SECONDS);
    }

    @NeverBlocks
    static Body completableFutureGetNow() {
        CompletableFuture<String> future = new CompletableFuture<>();
        return () -> future.getNow("not there");
    }

    @NeverBlocks
    static Body futureTaskGet_finished() {
        FutureTask<String> task = new FutureTask<>(() -> "there");
        task.run();
        return () -> getInAMethod(task);
    }

    @NeverBlocks
    static Body forkJoinTaskGet_finished() throws Exception {
        ForkJoinTask<?> task = ForkJoinPool.commonPool().submit(() -> {});
        task.get();
        return () -> task.get();
    }

    @NeverBlocks
    static Body compose() {
        CompletableFuture<String> future = new CompletableFuture<>();
        return () -> future.thenApply(String::length).thenAccept(length -> {});
    }

    @NeverBlocks
    static Body submitToAnExecutor() {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        return () -> pool.submit(() -> sleepQuietly(1));
    }
}
