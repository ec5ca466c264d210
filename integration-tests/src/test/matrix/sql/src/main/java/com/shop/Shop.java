package com.shop;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.hibernate.SessionFactory;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import reactor.core.publisher.Mono;

/** Prices in a PostgreSQL, by several ways to ask for them. */
final class Shop implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final ConnectionPool r2dbc;
    private final HikariDataSource hikari;
    private final AgroalDataSource agroal;
    private final SessionFactory hibernate;
    private final DSLContext jooq;

    Shop(int port) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        hikari = new HikariDataSource();
        hikari.setJdbcUrl(url);
        hikari.setUsername("postgres");
        hikari.setPassword("postgres");
        hikari.setMaximumPoolSize(CONNECTIONS);
        agroal = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.maxSize(CONNECTIONS)
                        .initialSize(2)
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                .principal(new NamePrincipal("postgres"))
                                .credential(new SimplePassword("postgres")))));
        jooq = DSL.using(hikari, SQLDialect.POSTGRES);
        hibernate = new Configuration()
                .addAnnotatedClass(Price.class)
                .buildSessionFactory(new StandardServiceRegistryBuilder()
                        .applySetting("hibernate.connection.datasource", hikari)
                        .applySetting("hibernate.hbm2ddl.auto", "create")
                        .build());
        hibernate.inTransaction(session -> session.persist(new Price("apple", 42)));
        r2dbc = new ConnectionPool(
                ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration
                                .builder()
                                .host("127.0.0.1")
                                .port(port)
                                .username("postgres")
                                .password("postgres")
                                .database("postgres")
                                .build()))
                        .maxSize(CONNECTIONS)
                        .maxIdleTime(Duration.ofMinutes(5))
                        .build());
    }

    /** Answers on a loop. */
    Mono<Integer> reactivePrice() {
        return Mono.usingWhen(
                r2dbc.create(),
                connection -> Mono.from(connection
                                .createStatement("select cents from price where fruit = $1")
                                .bind("$1", "apple")
                                .execute())
                        .flatMap(result -> Mono.from(result.map((row, metadata) -> row.get(0, Integer.class)))),
                io.r2dbc.spi.Connection::close);
    }

    int jooqPrice() {
        return jooq.select(field("cents", Integer.class))
                .from(table("price"))
                .where(field("fruit", String.class).eq("apple"))
                .fetchOne()
                .value1();
    }

    int hibernatePrice() {
        return hibernate.fromTransaction(session -> session.find(Price.class, "apple").cents());
    }

    int agroalPrice() {
        try (Connection connection = agroal.getConnection();
                PreparedStatement select = connection.prepareStatement("select cents from price where fruit = ?")) {
            select.setString(1, "apple");
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        r2dbc.disposeLater().onErrorComplete().block(); // the server may have ended before
        hibernate.close();
        agroal.close();
        hikari.close();
    }
}
