package com.example.shop.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * All remote services of the shop, on a loop of their own ({@code upstream-*}): prices, stock, a fraud vendor and a log
 * collector. This class answers late without blocking, so that each stall is caused by the shop itself.
 */
@Component
public class Upstream implements DisposableBean {
    private static final Duration PRICE_DELAY = Duration.ofMillis(100);
    private static final Duration FRAUD_DELAY = Duration.ofMillis(40);
    private static final Duration LOG_DELAY = Duration.ofMillis(20);
    private static final Duration STOCK_DELAY = Duration.ofMillis(5);

    /** Maximum number of stock requests at a time. Further ones wait in a queue, as in a real server. */
    private static final int STOCK_CAPACITY = 16;

    /** Requests at a time over one connection of HTTP/2. */
    private static final int MAX_STREAMS = 2_000;

    private final LoopResources loops = LoopResources.create("upstream", 1, true);
    private final AtomicInteger stockInFlight = new AtomicInteger();
    private final Set<String> scored = ConcurrentHashMap.newKeySet();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .runOn(loops)
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .http2Settings(settings -> settings.maxConcurrentStreams(MAX_STREAMS))
            .route(routes -> routes.get("/price/{item}", (request, response) -> after(PRICE_DELAY, response, "9.90"))
                    .get("/stock/{item}", (request, response) -> stock(response))
                    .get("/score/{order}", this::score)
                    .post("/logs", (request, response) -> request.receive().then(after(LOG_DELAY, response, "kept"))))
            .bindNow();

    /** Returns the URI of a path that starts with a slash. It has a literal address, so that clients need no lookup. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private Mono<Void> stock(HttpServerResponse response) {
        int ahead = stockInFlight.getAndIncrement() / STOCK_CAPACITY;
        return after(STOCK_DELAY.multipliedBy(1L + ahead), response, "12")
                .doFinally(end -> stockInFlight.decrementAndGet());
    }

    /** Refuses the first request for an order as unavailable, and answers the second. */
    private Publisher<Void> score(HttpServerRequest request, HttpServerResponse response) {
        String order = String.valueOf(request.param("order"));
        if (scored.add(order)) {
            return after(FRAUD_DELAY, response.status(503), "try again");
        }
        scored.remove(order);
        return after(FRAUD_DELAY, response, "17");
    }

    private static Mono<Void> after(Duration delay, HttpServerResponse response, String body) {
        return Mono.delay(delay)
                .then(Mono.defer(() -> response.sendString(Mono.just(body)).then()));
    }

    @Override
    public void destroy() {
        server.disposeNow();
        loops.dispose();
    }
}
