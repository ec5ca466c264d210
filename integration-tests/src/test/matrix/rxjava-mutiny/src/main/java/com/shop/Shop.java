package com.shop;

import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.Subject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The same shop twice: with RxJava, and with Mutiny. */
final class Shop implements AutoCloseable {

    private final ExecutorService blocking = Executors.newFixedThreadPool(8);
    private final AtomicInteger turn = new AtomicInteger();
    private final Subject<Integer> sales = PublishSubject.<Integer>create().toSerialized();

    Shop() {
        sales.toFlowable(BackpressureStrategy.BUFFER)
                .observeOn(Schedulers.single())
                .window(10, TimeUnit.MILLISECONDS, 20)
                .flatMapSingle(Flowable::count)
                .subscribe();
    }

    CompletionStage<String> hello() {
        sales.onNext(turn.incrementAndGet());
        return rxJava().thenCombine(mutiny(), (one, other) -> one + " " + other);
    }

    private CompletionStage<String> rxJava() {
        Single<Long> computed = Observable.range(1, 30)
                .observeOn(Schedulers.computation())
                .map(each -> each * 2)
                .flatMap(each -> Observable.just(each).subscribeOn(Schedulers.computation()))
                .throttleLast(2, TimeUnit.MILLISECONDS)
                .count();
        Single<String> vendor = Single.fromCallable(Shop::vendor)
                .subscribeOn(Schedulers.io())
                .observeOn(Schedulers.computation())
                .timeout(10, TimeUnit.SECONDS);
        Single<Integer> own = Flowable.range(1, 10)
                .parallel(2)
                .runOn(Schedulers.from(blocking))
                .map(each -> each + 1)
                .sequential()
                .delay(1, TimeUnit.MILLISECONDS)
                .reduce(0, Integer::sum);
        return Single.zip(computed, vendor, own, (one, two, three) -> one + two + three)
                .retry(1)
                .toCompletionStage();
    }

    private CompletionStage<String> mutiny() {
        Uni<Integer> computed = Multi.createFrom()
                .range(1, 30)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .onItem()
                .transformToUniAndMerge(each -> Uni.createFrom().item(each))
                .collect()
                .with(java.util.stream.Collectors.summingInt(each -> each));
        Uni<String> vendor = Uni.createFrom()
                .item(Shop::vendor)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(1))
                .ifNoItem()
                .after(Duration.ofSeconds(10))
                .fail();
        return Uni.combine()
                .all()
                .unis(computed, vendor)
                .with((one, two) -> one + two)
                .onFailure()
                .retry()
                .atMost(1)
                .subscribeAsCompletionStage();
    }

    /** On the threads of {@code Schedulers.computation()}, or with Mutiny on the loop that calls. */
    CompletionStage<String> fault(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? Single.just(kind).observeOn(Schedulers.computation()).map(Faults::run).toCompletionStage()
                : Uni.createFrom().item(kind).onItem().transform(Faults::run).subscribeAsCompletionStage();
    }

    CompletionStage<String> offloaded(String kind) {
        switch (turn.getAndIncrement() % 3) {
            case 0:
                return Single.fromCallable(() -> Faults.run(kind)).subscribeOn(Schedulers.io()).toCompletionStage();
            case 1:
                return Single.just(kind).observeOn(Schedulers.from(blocking)).map(Faults::run).toCompletionStage();
            default:
                return Uni.createFrom()
                        .item(() -> Faults.run(kind))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .subscribeAsCompletionStage();
        }
    }

    private static String vendor() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "vendor";
    }

    @Override
    public void close() {
        sales.onComplete();
        Schedulers.shutdown();
        blocking.shutdown();
    }
}
