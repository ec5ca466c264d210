package app.deadlock;

import static app.deadlock.Waits.SHORT_MILLIS;
import static app.deadlock.Waits.later;
import static app.deadlock.Waits.sleep;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The same with promises and streams of frameworks, and with two loops. */
final class InnocentFrameworks {

    private static final MultiThreadIoEventLoopGroup NETTY =
            new MultiThreadIoEventLoopGroup(4, Waits.named("innocent-netty"), NioIoHandler.newFactory());

    private InnocentFrameworks() {}

    static void addTo(Map<String, Waits.Shape> shapes) {
        addNetty(shapes);
        addStreams(shapes);
        addTwoLoops(shapes);
    }

    private static void addNetty(Map<String, Waits.Shape> shapes) {
        shapes.put("innocent-promise", loop -> {
            Promise<Integer> promise = new DefaultPromise<>(GlobalEventExecutor.INSTANCE);
            loop.execute(promise::isDone);
            later(SHORT_MILLIS, () -> promise.setSuccess(1));
            promise.await();
        });
        shapes.put("innocent-otherLoop", loop -> {
            EventExecutor other = NETTY.next();
            var answer = other.submit(() -> sleep(SHORT_MILLIS));
            loop.execute(answer::isDone);
            answer.await();
        });
        shapes.put("innocent-onNetty", unused -> {
            EventExecutor loop = NETTY.next();
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            loop.submit(() -> {
                        loop.execute(answer::isDone);
                        later(SHORT_MILLIS, () -> answer.complete(1));
                        return answer.get();
                    })
                    .await();
        });
    }

    private static void addStreams(Map<String, Waits.Shape> shapes) {
        shapes.put("innocent-mono", loop -> {
            Mono<Integer> answer = Mono.fromCallable(() -> {
                        sleep(SHORT_MILLIS);
                        return 1;
                    })
                    .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic());
            loop.execute(answer::hashCode);
            answer.block();
        });
        shapes.put("innocent-sink", loop -> {
            Sinks.One<Integer> sink = Sinks.one();
            CompletableFuture<Integer> answer = sink.asMono().toFuture();
            loop.execute(() -> sink.scan(reactor.core.Scannable.Attr.TERMINATED));
            later(SHORT_MILLIS, () -> sink.tryEmitValue(1));
            answer.get();
        });
        shapes.put("innocent-single", loop -> {
            Single<Integer> answer = Single.fromCallable(() -> {
                        sleep(SHORT_MILLIS);
                        return 1;
                    })
                    .subscribeOn(Schedulers.io());
            loop.execute(answer::hashCode);
            answer.blockingGet();
        });
    }

    private static void addTwoLoops(Map<String, Waits.Shape> shapes) {
        shapes.put("innocent-behindALoop", loop -> {
            ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor(Waits.named("innocent-first"));
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            later(SHORT_MILLIS, () -> answer.complete(1));
            other.execute(answer::join);
            other.submit(() -> 2).get();
        });
        shapes.put("innocent-lookAtEachOther", loop -> {
            ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor(Waits.named("innocent-second"));
            CompletableFuture<Integer> here = new CompletableFuture<>();
            CompletableFuture<Integer> there = new CompletableFuture<>();
            CountDownLatch waits = new CountDownLatch(1);
            other.execute(() -> {
                loop.execute(there::isDone);
                waits.countDown();
                there.join();
            });
            waits.await();
            other.execute(here::isDone);
            later(SHORT_MILLIS, () -> there.complete(1));
            later(SHORT_MILLIS, () -> here.complete(1));
            here.join();
        });
    }
}
