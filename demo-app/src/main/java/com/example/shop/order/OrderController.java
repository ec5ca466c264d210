package com.example.shop.order;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/** The healthy part of the shop. */
@RestController
class OrderController {
    private final ReactiveOrders orders;

    OrderController(ReactiveOrders orders) {
        this.orders = orders;
    }

    @GetMapping("/orders/{id}")
    Mono<Order> find(@PathVariable long id) {
        return orders.find(id).switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
    }
}
