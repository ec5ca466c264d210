package com.example.shop.order;

/** The SQL that both repositories use. */
final class OrderQueries {
    static final String FIND = "SELECT id, customer, item, quantity FROM orders WHERE id = ";

    /**
     * {@code pause_ms} sleeps in the database: the query takes 100 ms on every machine, as one over a cold index would.
     */
    static final String HISTORY =
            "SELECT id, customer, item, quantity FROM (SELECT pause_ms(100)) slow CROSS JOIN orders WHERE customer = ";

    private OrderQueries() {}
}
