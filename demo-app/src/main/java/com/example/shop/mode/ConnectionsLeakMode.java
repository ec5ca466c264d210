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
 * A stock check closes its connection only if the item is sold out. After as many checks as there are connections, the
 * pool is empty until the shop is started again. The twin closes each connection, whatever happens.
 */
@RestController
@RequestMapping("/modes/connections-leak")
class ConnectionsLeakMode {
    private static final int CONNECTIONS = 4;
    private static final String QUERY = "SELECT SUM(quantity) FROM orders WHERE item = ?";

    private final DataSource leaking;
    private final DataSource stock;
    private final Scheduler offload;

    ConnectionsLeakMode(ConnectionPools pools, Offload offload) {
        this.leaking = pools.create("stock-leaking", CONNECTIONS);
        this.stock = pools.create("stock", CONNECTIONS);
        this.offload = offload.blocking();
    }

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return Mono.fromCallable(this::checkAndForget).subscribeOn(offload);
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.fromCallable(this::check).subscribeOn(offload);
    }

    private String checkAndForget() throws SQLException {
        Connection connection = leaking.getConnection(); // blocks here: connections-leak
        int count = count(connection);
        if (count == 0) {
            connection.close();
            return "sold out";
        }
        return "in stock";
    }

    private String check() throws SQLException {
        try (Connection connection = stock.getConnection()) {
            return count(connection) == 0 ? "sold out" : "in stock";
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, "cup");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
