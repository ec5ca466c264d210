package com.example.shop.mode;

import com.example.shop.stock.Shelf;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The same as {@link LockSynchronizedMode}, with a {@code ReentrantLock}. */
@RestController
@RequestMapping("/modes/lock-reentrant")
class LockReentrantMode {
    private final Shelf shelf;

    LockReentrantMode(Shelf shelf) {
        this.shelf = shelf;
    }

    @GetMapping("/wrong")
    Mono<Integer> wrong() {
        shelf.lock().lock(); // blocks here: lock-reentrant
        try {
            return Mono.just(shelf.take());
        } finally {
            shelf.lock().unlock();
        }
    }

    @GetMapping("/right")
    Mono<Integer> right() {
        return Mono.just(shelf.take());
    }
}
