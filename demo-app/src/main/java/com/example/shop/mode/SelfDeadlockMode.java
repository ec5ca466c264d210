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
 * {@code block()} is refused on a loop by Reactor, so people write {@code toFuture().get()}. The client answers on the
 * loop that its caller runs on, which is the one that waits here: without the timeout, for ever.
 */
@RestController
@RequestMapping("/modes/self-deadlock")
class SelfDeadlockMode {
    private static final long TIMEOUT_MILLIS = 300;

    private final UpstreamClient client;

    SelfDeadlockMode(Upstream upstream, ReactorResourceFactory reactor) {
        // Without a pool each connection is born on the caller's loop; a pooled one may happen to live on another.
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
    String neverCame() {
        return "no price within " + TIMEOUT_MILLIS + " ms: its loop was waiting for it";
    }
}
