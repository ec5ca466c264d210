package com.shop;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@SpringBootApplication
@RestController
public class Shop {

    record Order(String customer, int number) {}

    @GetMapping("/fast")
    Mono<List<Order>> fast() {
        return Mono.delay(Duration.ofMillis(5)).map(tick -> List.of(new Order("anna", 1)));
    }

    @GetMapping("/slow")
    Mono<List<Order>> slow() throws InterruptedException {
        Thread.sleep(20);
        return Mono.just(List.of(new Order("bob", 2)));
    }

    public static void main(String[] args) {
        SpringApplication.run(Shop.class, args);
    }
}
