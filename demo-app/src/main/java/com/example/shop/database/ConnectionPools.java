package com.example.shop.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** Small pools of connections to the database, for parts of the shop that have one of their own. */
@Component
public class ConnectionPools implements DisposableBean {
    private static final long TIMEOUT_MILLIS = 2_000;

    private final DatabaseProperties properties;
    private final List<HikariDataSource> pools = new CopyOnWriteArrayList<>();

    ConnectionPools(DatabaseProperties properties) {
        this.properties = properties;
    }

    /**
     * A new pool, which opens its connections when they are needed. A borrower that waits for two seconds gets an
     * exception.
     */
    public DataSource create(String name, int connections) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setJdbcUrl(properties.jdbcUrl());
        pool.setUsername(properties.username());
        pool.setPassword(properties.password());
        pool.setMaximumPoolSize(connections);
        pool.setConnectionTimeout(TIMEOUT_MILLIS);
        pools.add(pool);
        return pool;
    }

    @Override
    public void destroy() {
        pools.forEach(HikariDataSource::close);
    }
}
