package com.example.shop.mode;

import com.example.shop.upstream.Upstream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** An asynchronous client, and then the handler waits for its future. */
@RestController
@RequestMapping("/modes/block-get")
class BlockGetMode {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    BlockGetMode(Upstream upstream) {
        this.request = HttpRequest.newBuilder(upstream.uri("/price/kettle")).build();
    }

    @GetMapping("/wrong")
    Mono<String> wrong() throws Exception {
        CompletableFuture<String> price = price();
        return Mono.just(price.get()); // blocks here: block-get
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.fromFuture(this::price);
    }

    private CompletableFuture<String> price() {
        return client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }
}
