package app.pools;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** Pools of connections of each library, to servers that the system properties {@code jdbc} and {@code redis} name. */
enum Library {
    HIKARI {
        @Override
        Lender open(String name, int size) {
            HikariConfig config = new HikariConfig();
            config.setPoolName(name);
            config.setJdbcUrl(JDBC);
            config.setMaximumPoolSize(size);
            HikariDataSource pool = new HikariDataSource(config);
            return new Lender(name, pool::getConnection, pool);
        }
    },
    TOMCAT {
        @Override
        Lender open(String name, int size) {
            PoolProperties config = new PoolProperties();
            config.setName(name);
            config.setUrl(JDBC);
            config.setDriverClassName("org.postgresql.Driver");
            config.setMaxActive(size);
            config.setMaxIdle(size);
            config.setMinIdle(0);
            config.setInitialSize(0);
            var pool = new org.apache.tomcat.jdbc.pool.DataSource(config);
            return new Lender(name, pool::getConnection, () -> pool.close(true));
        }
    },
    DBCP {
        @Override
        Lender open(String name, int size) {
            BasicDataSource pool = new BasicDataSource();
            pool.setUrl(JDBC);
            pool.setMaxTotal(size);
            pool.setMaxWait(Duration.ofSeconds(30));
            pool.setJmxName("app.pools:type=DataSource,name=" + name);
            return new Lender(name, pool::getConnection, pool);
        }
    },
    C3P0 {
        @Override
        Lender open(String name, int size) {
            ComboPooledDataSource pool = new ComboPooledDataSource();
            pool.setDataSourceName(name);
            pool.setJdbcUrl(JDBC);
            pool.setInitialPoolSize(size);
            pool.setMinPoolSize(size);
            pool.setMaxPoolSize(size);
            return new Lender(name, pool::getConnection, pool);
        }
    },
    /** Its pools have no names: all of them are one. */
    AGROAL {
        @Override
        Lender open(String name, int size) throws SQLException {
            AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(config -> config.maxSize(size)
                            .acquisitionTimeout(Duration.ofSeconds(30))
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(JDBC))));
            return new Lender("Agroal", pool::getConnection, pool);
        }
    },
    JEDIS {
        @Override
        Lender open(String name, int size) {
            JedisPoolConfig config = new JedisPoolConfig();
            config.setJmxNamePrefix(name);
            config.setMaxTotal(size);
            config.setMaxWait(Duration.ofSeconds(30));
            JedisPool pool = new JedisPool(config, "127.0.0.1", Integer.getInteger("redis"), 60_000);
            return new Lender(name, pool::getResource, pool);
        }
    };

    private static final String JDBC = System.getProperty("jdbc");

    /**
     * One pool.
     *
     * @param name as reports have it
     * @param borrow waits for a connection; closing that gives it back
     */
    record Lender(String name, Callable<? extends AutoCloseable> borrow, AutoCloseable pool) {}

    abstract Lender open(String name, int size) throws SQLException;
}
