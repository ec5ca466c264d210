package com.shop;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A service that uses the libraries that most services have, on a server that must not block. */
public final class Service {

    private static final Logger LOG = LogManager.getLogger(Service.class);
    private static final org.slf4j.Logger REQUESTS = LoggerFactory.getLogger("requests");

    private final Prices prices = new Prices();
    private final AtomicInteger turn = new AtomicInteger();

    public static void main(String[] args) {
        Service service = new Service();
        DisposableServer server = HttpServer.create()
                .port(0)
                .route(routes -> routes.get(
                                "/hello", (request, response) -> response.sendString(service.hello()))
                        .get("/fault/{kind}", (request, response) ->
                                response.sendString(Mono.fromCompletionStage(service.fault(request.param("kind")))))
                        .get("/offloaded/{kind}", (request, response) -> response.sendString(
                                Mono.fromCompletionStage(service.offloaded(request.param("kind"))))))
                .bindNow();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.disposeNow();
            service.prices.close();
        }));
        System.out.println("PORT " + server.port());
        server.onDispose().block();
    }

    private Mono<String> hello() {
        int number = turn.getAndIncrement();
        LOG.info("request {} for a price", number);
        REQUESTS.info("request {}", number);
        return Mono.fromFuture(prices.find(number))
                .zipWith(Mono.fromFuture(prices.guavaPrice(number)), (one, other) -> one + " " + other)
                .zipWith(Mono.fromCompletionStage(prices.limited(() -> "limited")), (one, other) -> one + " " + other)
                .zipWith(Mono.fromCompletionStage(rxJava(number)), (one, other) -> one + " " + other)
                .zipWith(Mono.fromCompletionStage(rxJava2(number)), (one, other) -> one + " " + other)
                .zipWith(Mono.fromCompletionStage(mutiny(number)), (one, other) -> one + " " + other)
                .map(text -> prices.guarded(() -> "hello " + text));
    }

    private static CompletionStage<String> rxJava(int number) {
        return Flowable.range(number, 20)
                .parallel(2)
                .runOn(Schedulers.computation())
                .map(each -> each * 2)
                .sequential()
                .buffer(5, TimeUnit.MILLISECONDS)
                .observeOn(Schedulers.io())
                .map(all -> "rx" + all.size())
                .debounce(1, TimeUnit.MILLISECONDS)
                .last("none")
                .toCompletionStage();
    }

    private static CompletionStage<String> rxJava2(int number) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        io.reactivex.disposables.Disposable subscription = io.reactivex.Observable.range(number, 20)
                .observeOn(io.reactivex.schedulers.Schedulers.computation())
                .concatMapSingle(each -> io.reactivex.Single.just(each)
                        .subscribeOn(io.reactivex.schedulers.Schedulers.io()))
                .timeout(10, TimeUnit.SECONDS)
                .count()
                .subscribe(count -> answer.complete("rx" + count), answer::completeExceptionally);
        return answer;
    }

    private static CompletionStage<String> mutiny(int number) {
        return Multi.createFrom()
                .range(number, number + 20)
                .emitOn(Infrastructure.getDefaultExecutor())
                .onItem()
                .transformToUniAndConcatenate(each -> Uni.createFrom()
                        .item(each)
                        .onItem()
                        .delayIt()
                        .by(Duration.ofNanos(100_000)))
                .collect()
                .asList()
                .onItem()
                .transform(all -> "mutiny" + all.size())
                .subscribeAsCompletionStage();
    }

    private CompletionStage<String> fault(String kind) {
        return Single.timer(1, TimeUnit.MILLISECONDS, Schedulers.computation())
                .map(tick -> Faults.run(kind))
                .toCompletionStage();
    }

    private CompletionStage<String> offloaded(String kind) {
        return turn.getAndIncrement() % 2 == 0
                ? prices.limited(() -> Faults.run(kind))
                : Single.fromCallable(() -> Faults.run(kind))
                        .subscribeOn(Schedulers.io())
                        .toCompletionStage();
    }
}
