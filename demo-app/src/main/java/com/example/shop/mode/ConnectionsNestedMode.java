package com.example.shop.mode;

import com.example.shop.database.ConnectionPools;
import com.example.shop.offload.Offload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A payment is noted in a journal on a connection of its own, so that the note stays if the payment fails. As soon as
 * each connection belongs to a payment, all of them wait for another one that nobody can give back. The twin uses the
 * connection that it has.
 */
@RestController
@RequestMapping("/modes/connections-nested")
class ConnectionsNestedMode {
    private static final int CONNECTIONS = 4;
    private static final String QUERY = "SELECT COUNT(*) FROM (SELECT pause_ms(20)) slow";

    private final DataSource payments;
    private final Scheduler offload;

    ConnectionsNestedMode(ConnectionPools pools, Offload offload) {
        this.payments = pools.create("payments", CONNECTIONS);
        this.offload = offload.blocking();
    }

    @GetMapping("/wrong")
    Mono<String> wrong() {
        return Mono.fromCallable(this::payAndNote).subscribeOn(offload);
    }

    @GetMapping("/right")
    Mono<String> right() {
        return Mono.fromCallable(this::payWithNote).subscribeOn(offload);
    }

    private String payAndNote() throws SQLException {
        try (Connection payment = payments.getConnection()) {
            query(payment);
            try (Connection note = payments.getConnection()) { // blocks here: connections-nested
                query(note);
            }
            return "paid";
        }
    }

    private String payWithNote() throws SQLException {
        try (Connection payment = payments.getConnection()) {
            query(payment);
            query(payment);
            return "paid";
        }
    }

    private static void query(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.execute();
        }
    }
}
