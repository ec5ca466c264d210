package com.example.shop.upstream;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** An asynchronous client. The client of Spring Boot shares its loops with the server. */
@Component
public class UpstreamClient {
    private final Upstream upstream;
    private final WebClient client;

    /** @param builder Spring Boot's, unless the caller wants other connections */
    public UpstreamClient(Upstream upstream, WebClient.Builder builder) {
        this.upstream = upstream;
        this.client = builder.build();
    }

    /** The price of an item, after 100 ms. */
    public Mono<String> price(String item) {
        return get("/price/" + item);
    }

    /** Returns the stock of an item. Takes 5 ms under low load, and longer with more requests at a time. */
    public Mono<String> stock(String item) {
        return get("/stock/" + item);
    }

    private Mono<String> get(String path) {
        return client.get().uri(upstream.uri(path)).retrieve().bodyToMono(String.class);
    }
}
