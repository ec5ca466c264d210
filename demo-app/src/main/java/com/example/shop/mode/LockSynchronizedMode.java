package com.example.shop.mode;

import com.example.shop.stock.Shelf;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * Taking an item needs the monitor that the stock-taking job holds most of the time. The twin relies on an atomic
 * counter.
 */
@RestController
@RequestMapping("/modes/lock-synchronized")
class LockSynchronizedMode {
    private final Shelf shelf;

    LockSynchronizedMode(Shelf shelf) {
        this.shelf = shelf;
    }

    @GetMapping("/wrong")
    Mono<Integer> wrong() {
        synchronized (shelf) { // blocks here: lock-synchronized
            // While a thread waits at the entry of a block, HotSpot names the line of the block's first statement or
            // the one above.
            return Mono.just(shelf.take()); // blocks here: lock-synchronized
        }
    }

    @GetMapping("/right")
    Mono<Integer> right() {
        return Mono.just(shelf.take());
    }
}
