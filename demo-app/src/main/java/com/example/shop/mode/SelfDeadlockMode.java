package com.example.shop.mode;

import com.example.shop.upstream.Upstream;
import com.example.shop.upstream.UpstreamClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Reactor refuses {@code block()} on a loop, so some people write {@code toFuture().get()}. The client completes the
 * future on the loop of its caller, and that loop waits here. Without the timeout, it would wait for ever.
 */
@RestController
@RequestMapping("/modes/self-deadlock")
class SelfDeadlockMode {
    private static final long TIMEOUT_MILLIS = 300;

    private final UpstreamClient client;

    SelfDeadlockMode(Upstream upstream, ReactorResourceFactory reactor) {
        // Without a pool, each connection is created on the caller's loop. A pooled connection may be on another loop.
        HttpClient unpooled = HttpClient.newConnection().runOn(reactor.getLoopResources());
        this.client = new UpstreamClient(
                upstream, WebClient.builder().clientConnector(new ReactorClientHttpConnector(unpooled)));
    }

    @GetMapping("/wrong")
    Mono<String> wrong() throws Exception {
        var price = client.price("kettle").toFuture();
        return Mono.just(price.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)); // blocks here: self-deadlock
    }

    @GetMapping("/right")
    Mono<String> right() {
        return client.price("kettle");
    }

    @ExceptionHandler(TimeoutException.class)
    @ResponseStatus(HttpStatus.GATEWAY_TIMEOUT)
    String timedOut() {
        return "no price within " + TIMEOUT_MILLIS + " ms: its loop was waiting for it";
    }
}
