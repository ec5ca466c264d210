package com.shop;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A reactive controller, on another server than Netty: its threads may block. */
@SpringBootApplication
@RestController
public class Service {

    public static void main(String[] args) {
        SpringApplication.run(Service.class, args);
    }

    @EventListener
    void announce(ApplicationReadyEvent ready) {
        System.out.println("PORT " + ready.getApplicationContext().getEnvironment().getProperty("local.server.port"));
    }

    @GetMapping("/hello")
    Mono<Map<String, String>> hello() {
        return Mono.just(Map.of("hello", "world"));
    }

    @GetMapping("/fault/{kind}")
    Mono<String> fault(@PathVariable("kind") String kind) {
        return Mono.fromSupplier(() -> Faults.run(kind));
    }

    @GetMapping("/offloaded/{kind}")
    Mono<String> offloaded(@PathVariable("kind") String kind) {
        return Mono.fromSupplier(() -> Faults.run(kind)).subscribeOn(Schedulers.boundedElastic());
    }
}
