package com.example.shop.mode;

import java.util.concurrent.RejectedExecutionException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Long exports are offloaded to the pool that quick calls use too: it is full at once, and the quick calls wait. The
 * twin gives exports a pool of their own with a short queue, and refuses exports beyond that.
 */
@RestController
@RequestMapping("/modes/pool-exhaustion")
class PoolExhaustionMode implements DisposableBean {
    private static final long EXPORT_MILLIS = 200;

    private final Scheduler shared = Schedulers.newBoundedElastic(4, 10_000, "shared");
    private final Scheduler quick = Schedulers.newBoundedElastic(4, 1_000, "quick");
    private final Scheduler exports = Schedulers.newBoundedElastic(4, 2, "exports");

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return Mono.fromCallable(PoolExhaustionMode::export).subscribeOn(shared);
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.fromCallable(PoolExhaustionMode::export).subscribeOn(exports);
    }

    /** A quick call on the pool that is exhausted. */
    @GetMapping("/wrong/neighbour")
    Mono<String> neighbourOfWrong() {
        return Mono.fromCallable(() -> "quick").subscribeOn(shared);
    }

    /** A quick call on a pool that only quick calls use. */
    @GetMapping("/right/neighbour")
    Mono<String> neighbourOfRight() {
        return Mono.fromCallable(() -> "quick").subscribeOn(quick);
    }

    @ExceptionHandler(RejectedExecutionException.class)
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    String full() {
        return "too many exports, come back later";
    }

    private static String export() throws InterruptedException {
        Thread.sleep(EXPORT_MILLIS);
        return "exported";
    }

    @Override
    public void destroy() {
        shared.dispose();
        quick.dispose();
        exports.dispose();
    }
}
