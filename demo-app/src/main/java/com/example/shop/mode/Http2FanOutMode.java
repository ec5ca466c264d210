package com.example.shop.mode;

import com.example.shop.upstream.Upstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A report asks the stock service for 200 items over one connection of HTTP/2: all at once, or only as many at a time
 * as it serves in parallel. The number of connections is one in both cases.
 */
@RestController
@RequestMapping("/modes/http2-fan-out")
class Http2FanOutMode {
    private static final int ITEMS = 200;
    private static final int BOUND = 4;

    private final Upstream upstream;
    private final HttpClient client = HttpClient.newHttpClient();

    /** The first request upgrades the connection to HTTP/2. Others before its answer would each open one. */
    private final Mono<String> connected = Mono.defer(() -> stock("kettle")).cache();

    Http2FanOutMode(Upstream upstream) {
        this.upstream = upstream;
    }

    @GetMapping("/wrong")
    Mono<Long> wrong() {
        return connected.thenMany(items().flatMap(this::stock, ITEMS)).count();
    }

    @GetMapping("/right")
    Mono<Long> right() {
        return connected.thenMany(items().flatMap(this::stock, BOUND)).count();
    }

    /** Another request, which needs the same service for one item. */
    @GetMapping("/neighbour")
    Mono<String> neighbour() {
        return connected.then(stock("kettle"));
    }

    private Mono<String> stock(String item) {
        HttpRequest request =
                HttpRequest.newBuilder(upstream.uri("/stock/" + item)).build();
        return Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofString()))
                .map(HttpResponse::body);
    }

    private static Flux<String> items() {
        return Flux.range(1, ITEMS).map(number -> "item-" + number);
    }
}
