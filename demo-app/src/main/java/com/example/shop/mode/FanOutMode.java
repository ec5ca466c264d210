package com.example.shop.mode;

import com.example.shop.upstream.UpstreamClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A report asks the stock service for 120 items: all at once, or only as many at a time as it serves in parallel. */
@RestController
@RequestMapping("/modes/fan-out")
class FanOutMode {
    private static final int ITEMS = 120;
    private static final int BOUND = 4;

    private final UpstreamClient client;

    FanOutMode(UpstreamClient client) {
        this.client = client;
    }

    @GetMapping("/wrong")
    Mono<Long> wrong() {
        return items().flatMap(client::stock, ITEMS).count();
    }

    @GetMapping("/right")
    Mono<Long> right() {
        return items().flatMap(client::stock, BOUND).count();
    }

    /** Another request, which needs the same service for one item. */
    @GetMapping("/neighbour")
    Mono<String> neighbour() {
        return client.stock("kettle");
    }

    private static Flux<String> items() {
        return Flux.range(1, ITEMS).map(number -> "item-" + number);
    }
}
