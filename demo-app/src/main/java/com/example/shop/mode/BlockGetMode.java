package com.example.shop.mode;

import com.example.shop.upstream.Upstream;
import com.example.shop.upstream.UpstreamClient;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/**
 * An asynchronous client returns a future, and the handler waits for it. The client has its own loops, so the wait
 * ends. {@link SelfDeadlockMode} is the case in which it never ends.
 */
@RestController
@RequestMapping("/modes/block-get")
class BlockGetMode implements DisposableBean {
    private final LoopResources loops = LoopResources.create("prices", 1, true);
    private final UpstreamClient client;

    BlockGetMode(Upstream upstream) {
        HttpClient onOwnLoops = HttpClient.create().runOn(loops);
        this.client = new UpstreamClient(
                upstream, WebClient.builder().clientConnector(new ReactorClientHttpConnector(onOwnLoops)));
    }

    @GetMapping("/wrong")
    Mono<String> wrong() throws Exception {
        CompletableFuture<String> price = price();
        return Mono.just(price.get()); // blocks here: block-get
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.fromFuture(this::price);
    }

    private CompletableFuture<String> price() {
        return client.price("kettle").toFuture();
    }

    @Override
    public void destroy() {
        loops.dispose();
    }
}
