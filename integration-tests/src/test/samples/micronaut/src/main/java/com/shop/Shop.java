package com.shop;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

@Controller
public class Shop {

    @Get("/fast")
    Mono<List<Map<String, String>>> fast() {
        return Mono.delay(Duration.ofMillis(5)).map(tick -> List.of(Map.of("customer", "anna")));
    }

    @Get("/slow")
    Mono<List<Map<String, String>>> slow() throws InterruptedException {
        Thread.sleep(20);
        return Mono.just(List.of(Map.of("customer", "bob")));
    }
}
