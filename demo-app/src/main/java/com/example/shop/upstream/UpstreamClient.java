package com.example.shop.upstream;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** An asynchronous client. The one that Spring Boot provides shares its loops with the server. */
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

    /** How many there are of an item: 5 ms when few ask, longer the more do. */
    public Mono<String> stock(String item) {
        return get("/stock/" + item);
    }

    private Mono<String> get(String path) {
        return client.get().uri(upstream.uri(path)).retrieve().bodyToMono(String.class);
    }
}
