package app.deadlock;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/** Loops that wait for what only they can do, until their patience ends; and one that only seems to for long. */
final class TrueDeadlocks {

    private TrueDeadlocks() {}

    static void addTo(Map<String, Waits.Shape> shapes) {
        shapes.put("true-submit", loop -> Waits.await(loop.submit(() -> 1)));
        shapes.put("true-scheduled", loop -> Waits.await(loop.schedule(() -> 1, 300, TimeUnit.MILLISECONDS)));
        shapes.put("true-supply", loop -> Waits.await(CompletableFuture.supplyAsync(() -> 1, loop)));
        shapes.put("true-run", loop -> Waits.await(CompletableFuture.runAsync(() -> {}, loop)));
        shapes.put(
                "true-then",
                loop -> Waits.await(CompletableFuture.completedFuture(1).thenApplyAsync(one -> one + 1, loop)));
        shapes.put(
                "true-chain",
                loop -> Waits.await(CompletableFuture.supplyAsync(() -> 1, loop)
                        .thenApply(one -> one + 1)
                        .thenCompose(two -> CompletableFuture.completedFuture(two))));
        shapes.put(
                "true-all",
                loop -> Waits.await(CompletableFuture.allOf(
                        CompletableFuture.completedFuture(1), CompletableFuture.runAsync(() -> {}, loop))));
        shapes.put("true-lambda", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(() -> answer.complete(1));
            Waits.await(answer);
        });
        shapes.put("true-latch", loop -> {
            CountDownLatch latch = new CountDownLatch(1);
            loop.execute(latch::countDown);
            if (latch.await(Waits.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the loop did not wait for itself");
            }
        });
        shapes.put("true-reactor", loop -> {
            try {
                Mono.fromCallable(() -> 1)
                        .subscribeOn(reactor.core.scheduler.Schedulers.fromExecutorService(loop))
                        .map(one -> one + 1)
                        .block(Duration.ofMillis(Waits.TIMEOUT_MILLIS));
            } catch (IllegalStateException timeout) {
                // the loop goes on
            }
        });
        shapes.put("true-rxjava", loop -> {
            try {
                Single.fromCallable(() -> 1)
                        .subscribeOn(Schedulers.from(loop))
                        .map(one -> one + 1)
                        .toFuture()
                        .get(Waits.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException timeout) {
                // the loop goes on
            }
        });
        shapes.put("late-lambda", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(answer::isDone);
            Waits.later(Waits.LONG_MILLIS, () -> answer.complete(1));
            Waits.await(answer);
        });
    }
}
