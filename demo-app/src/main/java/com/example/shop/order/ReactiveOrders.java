package com.example.shop.order;

import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The reactive way: no thread waits for the database. */
@Repository
public class ReactiveOrders {
    private final DatabaseClient database;
    private final Scheduler scheduler;

    ReactiveOrders(DatabaseClient database, Scheduler r2dbcScheduler) {
        this.database = database;
        this.scheduler = r2dbcScheduler;
    }

    /** The order, or empty. */
    public Mono<Order> find(long id) {
        return database.sql(OrderQueries.FIND + ":id")
                .bind("id", id)
                .map(ReactiveOrders::order)
                .one()
                .subscribeOn(scheduler);
    }

    /** All orders of a customer; takes about 100 ms. */
    public Flux<Order> history(String customer) {
        return database.sql(OrderQueries.HISTORY + ":customer")
                .bind("customer", customer)
                .map(ReactiveOrders::order)
                .all()
                .subscribeOn(scheduler);
    }

    private static Order order(Readable row) {
        return new Order(
                column(row, "id", Long.class),
                column(row, "customer", String.class),
                column(row, "item", String.class),
                column(row, "quantity", Integer.class));
    }

    private static <T> T column(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }
}
