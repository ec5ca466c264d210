package app.contexts;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import io.netty.channel.EventLoop;
import io.reactivex.rxjava3.core.Single;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A service whose handlers return at once, and block a loop later: each route in its own way, many at the same time.
 * Prints {@code <route> reported <request>} for each blocking call that the agent reports.
 */
public final class HandedOn {

    private static final ExecutorService OFFLOADED = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "offloaded");
        thread.setDaemon(true);
        return thread;
    });

    private static final int CONNECTIONS = 200;

    private static final HttpClient FETCHING = HttpClient.newHttpClient();
    private static final Queue<CompletableFuture<String>> BATCH = new ConcurrentLinkedQueue<>();

    /** What completes the result for a future in the batch, if the future itself is not completed. */
    private static final Map<CompletableFuture<String>, Consumer<String>> INSTEAD = new ConcurrentHashMap<>();

    /** Futures in the batch that are not completed. */
    private static final AtomicInteger BATCHED = new AtomicInteger();

    /** A request that finds it empty hands over a worker for all that is in it. */
    private static final Sinks.Many<Shared> SHARED = Sinks.many().unicast().onBackpressureBuffer();

    /** The first of some requests loads it, for all of them. */
    private static final Mono<String> CACHED =
            Mono.delay(Duration.ofMillis(3)).map(late -> "").cache(Duration.ofMillis(4));

    private static final Map<String, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>>> WAYS =
            new LinkedHashMap<>();
    private static reactor.netty.http.client.HttpClient downstream;

    private record Shared(String way, Sinks.One<String> answer) {}

    private HandedOn() {}

    public static void main(String[] args) throws Exception {
        Blocks.listenForRequests();
        DisposableServer backend = HttpServer.create()
                .port(0)
                .route(routes -> routes.get(
                        "/backend",
                        (request, response) -> response.sendString(
                                Mono.delay(Duration.ofMillis(3)).map(late -> "done"))))
                .bindNow();
        downstream = reactor.netty.http.client.HttpClient.create().baseUrl("http://localhost:" + backend.port());
        ways(backend.port());
        DisposableServer server = HttpServer.create()
                .port(0)
                .route(routes -> WAYS.forEach((way, handler) -> routes.get("/" + way, handler::apply)))
                .bindNow();
        HandedOnClients.use(server.port(), List.copyOf(WAYS.keySet()));
        server.disposeNow();
        backend.disposeNow();
    }

    private static void ways(int backend) {
        SHARED.asFlux().publishOn(Schedulers.parallel()).subscribe(each -> each.answer.tryEmitValue(block(each.way)));
        way("delayed", () -> Mono.delay(Duration.ofMillis(2)).map(late -> block("delayed")));
        way("published", () -> Mono.just("").publishOn(Schedulers.parallel()).map(any -> block("published")));
        way(
                "elastic",
                () -> Mono.fromCallable(() -> "")
                        .subscribeOn(Schedulers.boundedElastic())
                        .publishOn(Schedulers.parallel())
                        .map(any -> block("elastic")));
        way(
                "called",
                () -> downstream
                        .get()
                        .uri("/backend")
                        .responseContent()
                        .aggregate()
                        .asString()
                        .map(any -> block("called")));
        way(
                "called-twice",
                () -> downstream
                        .get()
                        .uri("/backend")
                        .response()
                        .flatMap(first -> downstream
                                .get()
                                .uri("/backend")
                                .responseContent()
                                .aggregate()
                                .asString())
                        .map(any -> block("called-twice")));
        way("cached", () -> CACHED.map(any -> block("cached")));
        way("cached-too", () -> CACHED.map(any -> block("cached-too")));
        way("shared", () -> inSharedQueue("shared"));
        way("shared-too", () -> inSharedQueue("shared-too"));
        inBatch("batched", (row, work) -> row.thenApply(any -> work.get()));
        inBatch("batched-too", (row, work) -> row.thenApply(any -> work.get()));
        inBatch("emitted", HandedOn::bySink);
        inBatch("emitted-too", HandedOn::bySink);
        inBatch("created", HandedOn::byCreate);
        inBatch("created-too", HandedOn::byCreate);
        inBatch("single", HandedOn::bySingle);
        inBatch("single-too", HandedOn::bySingle);
        inBatch("settable", HandedOn::bySettable);
        inBatch("settable-too", HandedOn::bySettable);
        WAYS.put(
                "fetched",
                (request, response) -> later(
                        response,
                        loop -> FETCHING.sendAsync(
                                        HttpRequest.newBuilder(URI.create("http://localhost:" + backend + "/backend"))
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .thenApplyAsync(any -> block("fetched"), loop)));
        way("fan-out", () -> Mono.delay(Duration.ofMillis(2)).map(late -> connect(backend)));
        WAYS.put(
                "executed",
                (request, response) -> later(response, loop -> {
                    CompletableFuture<String> result = new CompletableFuture<>();
                    loop.schedule(() -> result.complete(block("executed")), 1, TimeUnit.MILLISECONDS);
                    return result;
                }));
        WAYS.put(
                "offloaded",
                (request, response) -> later(
                        response,
                        loop -> CompletableFuture.supplyAsync(() -> "", OFFLOADED)
                                .thenApplyAsync(any -> block("offloaded"), loop)));
        WAYS.put(
                "promised",
                (request, response) -> later(response, loop -> {
                    CompletableFuture<String> result = new CompletableFuture<>();
                    loop.submit(() -> "").addListener(done -> result.complete(block("promised")));
                    return result;
                }));
    }

    /** The first of some requests completes the futures of all of them. */
    private static void inBatch(
            String way, BiFunction<CompletableFuture<String>, Supplier<String>, CompletableFuture<String>> then) {
        WAYS.put(
                way,
                (request, response) -> later(response, loop -> {
                    CompletableFuture<String> row = new CompletableFuture<>();
                    CompletableFuture<String> answer = then.apply(row, () -> block(way));
                    if (BATCH.add(row) && BATCHED.getAndIncrement() == 0) {
                        loop.schedule(HandedOn::completeBatch, 2, TimeUnit.MILLISECONDS);
                    }
                    return answer;
                }));
    }

    /** The one who completes {@code row} emits into a sink, to which the request has subscribed. */
    private static CompletableFuture<String> bySink(CompletableFuture<String> row, Supplier<String> work) {
        Sinks.One<String> sink = Sinks.one();
        INSTEAD.put(row, sink::tryEmitValue);
        return sink.asMono().map(any -> work.get()).toFuture();
    }

    private static CompletableFuture<String> byCreate(CompletableFuture<String> row, Supplier<String> work) {
        return Mono.<String>create(sink -> INSTEAD.put(row, sink::success))
                .map(any -> work.get())
                .toFuture();
    }

    private static CompletableFuture<String> bySingle(CompletableFuture<String> row, Supplier<String> work) {
        return Single.<String>create(emitter -> INSTEAD.put(row, emitter::onSuccess))
                .map(any -> work.get())
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static CompletableFuture<String> bySettable(CompletableFuture<String> row, Supplier<String> work) {
        SettableFuture<String> settable = SettableFuture.create();
        INSTEAD.put(row, settable::set);
        CompletableFuture<String> answer = new CompletableFuture<>();
        settable.addListener(() -> answer.complete(work.get()), MoreExecutors.directExecutor());
        return answer;
    }

    private static void complete(CompletableFuture<String> row) {
        Consumer<String> instead = INSTEAD.remove(row);
        if (instead == null) {
            row.complete("");
        } else {
            instead.accept("");
        }
    }

    private static void completeBatch() {
        do {
            complete(BATCH.remove());
        } while (BATCHED.decrementAndGet() > 0);
    }

    private static Mono<String> inSharedQueue(String way) {
        Sinks.One<String> answer = Sinks.one();
        SHARED.emitNext(new Shared(way, answer), Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
        return answer.asMono();
    }

    private static void way(String name, Supplier<Mono<String>> work) {
        WAYS.put(name, (request, response) -> response.sendString(Mono.defer(work)));
    }

    private static Publisher<Void> later(
            HttpServerResponse response, java.util.function.Function<EventLoop, CompletableFuture<String>> work) {
        EventLoop[] loop = new EventLoop[1];
        response.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        return response.sendString(Mono.fromFuture(work.apply(loop[0])));
    }

    /** More connections at once than a site may have in this run. */
    private static String connect(int port) {
        List<SocketChannel> channels = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                channels.add(SocketChannel.open(new InetSocketAddress("localhost", port)));
            }
            for (SocketChannel channel : channels) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "done";
    }

    private static String block(String way) {
        Blocks.blockFor(way);
        return "done";
    }
}
