package app.deadlock;

import static app.deadlock.Waits.LONG_MILLIS;
import static app.deadlock.Waits.SHORT_MILLIS;
import static app.deadlock.Waits.await;
import static app.deadlock.Waits.later;
import static app.deadlock.Waits.sleep;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Loops that wait for a future which another thread completes, while a task of their own refers to it. */
final class InnocentFutures {

    private static final ScheduledExecutorService OTHERS = Executors.newScheduledThreadPool(4, Waits.named("other"));

    private InnocentFutures() {}

    /** The object of a task, as applications write it: it has the future in a field. */
    private record Gauge(CompletableFuture<?> future, List<Object> values) implements Runnable {
        @Override
        public void run() {
            values.add(future.isDone());
        }
    }

    /** Has a task of the loop that refers to the future, and another thread that completes it. */
    private interface Use {
        void of(CompletableFuture<Integer> future, ScheduledExecutorService loop);
    }

    private static void add(Map<String, Waits.Shape> shapes, String name, Use use) {
        shapes.put("innocent-" + name, loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            use.of(answer, loop);
            later(SHORT_MILLIS, () -> answer.complete(1));
            await(answer);
        });
    }

    static void addTo(Map<String, Waits.Shape> shapes) {
        addReaders(shapes);
        addFallbacks(shapes);
        addCompositions(shapes);
        addOthersInSight(shapes);
        addPools(shapes);
    }

    private static void addReaders(Map<String, Waits.Shape> shapes) {
        add(shapes, "isDone", (answer, loop) -> loop.execute(answer::isDone));
        add(shapes, "metrics", (answer, loop) -> loop.execute(new Gauge(answer, new java.util.ArrayList<>())));
        add(shapes, "logging", (answer, loop) -> loop.execute(() -> String.valueOf(answer)));
        add(shapes, "callback", (answer, loop) -> {
            answer.whenComplete((value, failure) -> Thread.yield());
            loop.execute(() -> answer.getNumberOfDependents());
        });
        add(shapes, "registry", (answer, loop) -> {
            Map<String, Object> pending = new ConcurrentHashMap<>(Map.of("id", answer));
            loop.execute(pending::size);
        });
        add(shapes, "holder", (answer, loop) -> loop.execute(new AtomicReference<>(answer)::get));
        add(shapes, "manyReaders", (answer, loop) -> {
            for (int i = 0; i < 50; i++) {
                loop.execute(answer::isDone);
            }
        });
        add(shapes, "submittedReader", (answer, loop) -> loop.submit((Callable<Boolean>) answer::isDone));
        add(shapes, "runAsyncReader", (answer, loop) -> CompletableFuture.runAsync(answer::isDone, loop));
    }

    private static void addFallbacks(Map<String, Waits.Shape> shapes) {
        add(shapes, "fallback", (answer, loop) -> loop.execute(() -> answer.complete(-1)));
        add(shapes, "canceller", (answer, loop) -> loop.execute(() -> answer.cancel(false)));
        add(
                shapes,
                "watchdog",
                (answer, loop) -> loop.execute(() -> {
                    if (!answer.isDone()) {
                        answer.completeExceptionally(new IllegalStateException("late"));
                    }
                }));
        add(shapes, "timeoutOnLoop", (answer, loop) -> loop.schedule(() -> answer.cancel(false), 5, TimeUnit.SECONDS));
        add(shapes, "everyTick", (answer, loop) -> loop.scheduleAtFixedRate(answer::isDone, 0, 1, TimeUnit.SECONDS));
        add(shapes, "orTimeout", (answer, loop) -> {
            answer.orTimeout(5, TimeUnit.SECONDS);
            loop.execute(answer::isDone);
        });
        add(shapes, "completeOnTimeout", (answer, loop) -> {
            answer.completeOnTimeout(2, 5, TimeUnit.SECONDS);
            loop.execute(answer::isDone);
        });
        shapes.put("innocent-ownTimeout", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(answer::isDone);
            answer.completeOnTimeout(2, SHORT_MILLIS, TimeUnit.MILLISECONDS);
            await(answer);
        });
    }

    private static void addCompositions(Map<String, Waits.Shape> shapes) {
        add(shapes, "continuation", (answer, loop) -> answer.thenApplyAsync(one -> one + 1, loop));
        shapes.put("innocent-anyOf", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            CompletableFuture<Object> first =
                    CompletableFuture.anyOf(answer, CompletableFuture.supplyAsync(() -> 2, loop));
            later(SHORT_MILLIS, () -> answer.complete(1));
            await(first);
        });
        shapes.put("innocent-either", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(() -> 2, loop).applyToEither(answer, one -> one);
            later(SHORT_MILLIS, () -> answer.complete(1));
            await(first);
        });
        shapes.put("innocent-runAfterEither", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            CompletableFuture<Void> first =
                    answer.runAfterEither(CompletableFuture.runAsync(() -> {}, loop), Thread::yield);
            later(SHORT_MILLIS, () -> answer.complete(1));
            await(first);
        });
        shapes.put("innocent-otherFutureOfLoop", loop -> {
            CompletableFuture<Integer> own = CompletableFuture.supplyAsync(() -> 2, loop);
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            own.thenRun(answer::isDone);
            later(SHORT_MILLIS, () -> answer.complete(1));
            await(answer);
        });
    }

    /** Waits of more than a second, of which another thread's task has the future at hand. */
    private static void addOthersInSight(Map<String, Waits.Shape> shapes) {
        shapes.put("innocent-thread", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(answer::isDone);
            new Thread(() -> {
                        sleep(LONG_MILLIS);
                        answer.complete(1);
                    })
                    .start();
            await(answer);
        });
        shapes.put("innocent-scheduledElsewhere", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(answer::isDone);
            OTHERS.schedule(() -> answer.complete(1), LONG_MILLIS, TimeUnit.MILLISECONDS);
            await(answer);
        });
        shapes.put("innocent-withoutReference", loop -> {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.execute(Thread::yield);
            later(LONG_MILLIS, () -> answer.complete(1));
            await(answer);
        });
    }

    private static void addPools(Map<String, Waits.Shape> shapes) {
        shapes.put("innocent-otherPool", loop -> {
            FutureTask<Integer> task = new FutureTask<>(() -> {
                sleep(SHORT_MILLIS);
                return 1;
            });
            OTHERS.execute(task);
            loop.execute(task::isDone);
            await(task);
        });
        shapes.put("innocent-invokeAll", loop -> {
            loop.execute(Thread::yield);
            OTHERS.invokeAll(List.of(
                    () -> {
                        sleep(SHORT_MILLIS);
                        return 1;
                    },
                    () -> 2));
        });
        shapes.put("innocent-twoWorkers", ofPool(Executors.newFixedThreadPool(2, Waits.named("innocent-workers"))));
        shapes.put(
                "innocent-forkJoin",
                ofPool(new ForkJoinPool(
                        2,
                        pool -> {
                            var worker = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                            worker.setName("innocent-fork-" + worker.getPoolIndex());
                            return worker;
                        },
                        null,
                        false)));
    }

    /** A worker waits for a task of its own pool, which the other worker runs when it is done with its own. */
    private static Waits.Shape ofPool(ExecutorService pool) {
        return loop -> {
            CountDownLatch busy = new CountDownLatch(1);
            pool.submit(() -> {
                busy.await();
                return pool.submit(() -> 1).get(5, TimeUnit.SECONDS);
            });
            var end = pool.submit(() -> {
                busy.countDown();
                sleep(SHORT_MILLIS);
            });
            end.get();
        };
    }
}
