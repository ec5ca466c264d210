package com.example.shop.database;

import com.example.shop.offload.Offload;
import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** JDBC and R2DBC for the same database. Spring Boot would configure only one of them. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {
    @Bean
    DataSource dataSource(DatabaseProperties properties) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setPoolName("orders");
        dataSource.setJdbcUrl(properties.jdbcUrl());
        dataSource.setUsername(properties.username());
        dataSource.setPassword(properties.password());
        dataSource.setMaximumPoolSize(properties.connections());
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource(properties.schema())), dataSource);
        return dataSource;
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource dataSource) {
        return new JdbcTemplate(dataSource);
    }

    @Bean(destroyMethod = "dispose")
    ConnectionPool connectionFactory(DatabaseProperties properties, Scheduler r2dbcScheduler) {
        ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(properties.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, properties.username())
                .option(ConnectionFactoryOptions.PASSWORD, properties.password())
                .build();
        return new ConnectionPool(ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
                .maxSize(properties.connections())
                // The default is Schedulers.single(): a query on a new connection would continue there. With H2, the
                // whole query would run there.
                .allocatorSubscribeOn(r2dbcScheduler)
                .build());
    }

    @Bean
    DatabaseClient databaseClient(ConnectionPool connectionFactory) {
        return DatabaseClient.create(connectionFactory);
    }

    /**
     * The scheduler for R2DBC calls. PostgreSQL's driver is asynchronous down to the socket and needs no other thread.
     * The driver for H2 has a reactive API over a synchronous engine, and runs the query on the subscribing thread.
     */
    @Bean
    Scheduler r2dbcScheduler(DatabaseProperties properties, Offload offload) {
        return properties.isH2() ? offload.blocking() : Schedulers.immediate();
    }
}
