package com.example.shop.mode;

import com.example.shop.order.JdbcOrders;
import com.example.shop.order.Order;
import com.example.shop.order.ReactiveOrders;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A customer's history, by a query that takes 100 ms: over JDBC on the loop, or over R2DBC. */
@RestController
@RequestMapping("/modes/jdbc")
class JdbcMode {
    private final JdbcOrders jdbc;
    private final ReactiveOrders r2dbc;

    JdbcMode(JdbcOrders jdbc, ReactiveOrders r2dbc) {
        this.jdbc = jdbc;
        this.r2dbc = r2dbc;
    }

    @GetMapping("/wrong")
    Mono<List<Order>> wrong() {
        return Mono.just(jdbc.history("grace"));
    }

    @GetMapping("/right")
    Mono<List<Order>> right() {
        return r2dbc.history("grace").collectList();
    }
}
