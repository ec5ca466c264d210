package com.example.shop.mode;

import com.example.shop.database.ConnectionPools;
import com.example.shop.offload.Offload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A sales report adds up all orders ever made, which takes long, and two of them have all connections of the pool: a
 * request that needs one for a moment waits. The twin reads the same number from a table that is kept up to date.
 */
@RestController
@RequestMapping("/modes/connections-slow")
class ConnectionsSlowMode {
    private static final int CONNECTIONS = 2;

    private static final String SCAN =
            "SELECT SUM(quantity) FROM (SELECT pause_ms(400)) slow CROSS JOIN orders WHERE customer = ?";
    private static final String SUM = "SELECT SUM(quantity) FROM orders WHERE customer = ?";

    private final DataSource sales;
    private final Scheduler offload;

    ConnectionsSlowMode(ConnectionPools pools, Offload offload) {
        this.sales = pools.create("sales", CONNECTIONS);
        this.offload = offload.blocking();
    }

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return Mono.fromCallable(() -> sold(SCAN)).subscribeOn(offload);
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.fromCallable(() -> sold(SUM)).subscribeOn(offload);
    }

    /** A quick query of another request, which needs a connection of the same pool. */
    @GetMapping("/neighbour")
    Mono<String> neighbour() {
        return Mono.fromCallable(() -> sold(SUM)).subscribeOn(offload);
    }

    private String sold(String query) throws SQLException {
        try (Connection connection = sales.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, "grace");
            try (ResultSet row = statement.executeQuery()) { // blocks here: connections-slow
                row.next();
                return row.getString(1);
            }
        }
    }
}
