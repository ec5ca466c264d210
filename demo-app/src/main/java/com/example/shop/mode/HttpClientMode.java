package com.example.shop.mode;

import com.example.shop.upstream.Upstream;
import com.example.shop.upstream.UpstreamClient;
import java.net.URI;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestTemplate;
import reactor.core.publisher.Mono;

/** The price comes from another service, over a client that was there before the shop became reactive. */
@RestController
@RequestMapping("/modes/http-client")
class HttpClientMode {
    private final RestTemplate legacyClient = new RestTemplate();
    private final URI price;
    private final UpstreamClient client;

    HttpClientMode(Upstream upstream, UpstreamClient client) {
        this.price = upstream.uri("/price/kettle");
        this.client = client;
    }

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return Mono.justOrEmpty(legacyClient.getForObject(price, String.class)); // blocks here: http-client
    }

    @GetMapping("/right")
    Mono<String> right() {
        return client.price("kettle");
    }
}
