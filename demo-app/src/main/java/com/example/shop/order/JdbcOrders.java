package com.example.shop.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The old way: each call holds its thread until the database has answered. */
@Repository
public class JdbcOrders {
    private final JdbcTemplate jdbc;

    JdbcOrders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** All orders of a customer; takes about 100 ms. */
    public List<Order> history(String customer) {
        return jdbc.query(OrderQueries.HISTORY + "?", JdbcOrders::order, customer); // blocks here: jdbc
    }

    private static Order order(ResultSet row, int index) throws SQLException {
        return new Order(row.getLong("id"), row.getString("customer"), row.getString("item"), row.getInt("quantity"));
    }
}
