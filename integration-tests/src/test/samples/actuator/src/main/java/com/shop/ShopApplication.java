package com.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A service with its own metrics. Knows nothing of an agent. Ends when its standard input does. */
@SpringBootApplication
@RestController
public class ShopApplication {

    public static void main(String[] args) throws Exception {
        SpringApplication.run(ShopApplication.class, args);
        while (System.in.read() >= 0) {
            // until the test has seen enough
        }
        System.exit(0);
    }

    private volatile int port;

    @EventListener
    public void started(WebServerInitializedEvent event) {
        port = event.getWebServer().getPort();
        System.out.println("PORT " + port);
    }

    /** Calls another service, which is this one. */
    @GetMapping("/remote")
    public Mono<String> remote() {
        return WebClient.create("http://127.0.0.1:" + port + "/offloaded").get().retrieve().bodyToMono(String.class);
    }

    /** Blocks the event loop for longer than a stall's threshold. */
    @GetMapping("/slow")
    public Mono<String> slow() throws InterruptedException {
        Thread.sleep(150);
        return Mono.just("slow");
    }

    @GetMapping("/offloaded")
    public Mono<String> offloaded() {
        return Mono.fromCallable(() -> "offloaded").subscribeOn(Schedulers.boundedElastic());
    }
}
