package com.example.shop.mode;

import com.example.fraud.FraudClient;
import com.example.shop.offload.Offload;
import com.example.shop.upstream.Upstream;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * A vendor's SDK scores each order. Its harmless-looking method waits for the network, and sleeps between two attempts.
 */
@RestController
@RequestMapping("/modes/hidden-library")
class HiddenLibraryMode {
    private final AtomicLong orders = new AtomicLong();
    private final FraudClient vendor;
    private final Offload offload;

    HiddenLibraryMode(Upstream upstream, Offload offload) {
        this.vendor = new FraudClient(upstream.uri("/"));
        this.offload = offload;
    }

    @GetMapping("/wrong")
    Mono<Integer> wrong() {
        int score = vendor.score(orders.incrementAndGet()); // blocks here: hidden-library
        return Mono.just(score);
    }

    @GetMapping("/right")
    Mono<Integer> right() {
        return Mono.fromCallable(() -> vendor.score(orders.incrementAndGet())).subscribeOn(offload.blocking());
    }
}
