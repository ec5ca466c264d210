package app.pools;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/**
 * Pools of connections, and of permits, of each library, to servers that the system properties {@code jdbc} and
 * {@code redis} name, and to one of HTTP.
 */
enum Library {
    HIKARI {
        @Override
        Lender open(String name, int size) {
            HikariConfig config = new HikariConfig();
            config.setPoolName(name);
            config.setJdbcUrl(JDBC);
            config.setMaximumPoolSize(size);
            HikariDataSource pool = new HikariDataSource(config);
            return new Lender(name, size, pool::getConnection, pool);
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
            return new Lender(name, size, pool::getConnection, () -> pool.close(true));
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
            return new Lender(name, size, pool::getConnection, pool);
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
            return new Lender(name, size, pool::getConnection, pool);
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
            return new Lender("Agroal", size, pool::getConnection, pool);
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
            return new Lender(name, size, pool::getResource, pool);
        }
    },
    /** Bounds the connections to one server; all its pools are one. */
    HTTP5 {
        @Override
        Lender open(String name, int size) {
            var connections = new org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager();
            connections.setDefaultMaxPerRoute(size);
            connections.setMaxTotal(MAX_OF_ALL_SERVERS);
            var client = org.apache.hc.client5.http.impl.classic.HttpClients.custom()
                    .setConnectionManager(connections)
                    .build();
            return new Lender(
                    "Apache HttpClient 5",
                    MAX_OF_ALL_SERVERS,
                    () -> client.executeOpen(null, new HttpGet(HTTP), null), // here
                    client);
        }
    },
    /** As the other one. */
    HTTP4 {
        @Override
        Lender open(String name, int size) {
            var connections = new org.apache.http.impl.conn.PoolingHttpClientConnectionManager();
            connections.setDefaultMaxPerRoute(size);
            connections.setMaxTotal(MAX_OF_ALL_SERVERS);
            var client = org.apache.http.impl.client.HttpClients.custom()
                    .setConnectionManager(connections)
                    .build();
            return new Lender(
                    "Apache HttpClient 4",
                    MAX_OF_ALL_SERVERS,
                    () -> client.execute(new org.apache.http.client.methods.HttpGet(HTTP)), // here
                    client);
        }
    },
    /** Called after the line that makes it: all of them are one. */
    SEMAPHORE {
        @Override
        Lender open(String name, int size) {
            Limit limit = new Limit(Limit.here(), new Semaphore(size));
            limit.use(1);
            return new Lender(
                    limit.name(),
                    size,
                    () -> {
                        limit.permits().acquire(); // here
                        return limit.permits()::release;
                    },
                    () -> {});
        }
    },
    BULKHEAD {
        @Override
        Lender open(String name, int size) {
            Bulkhead bulkhead = Bulkhead.of(
                    name,
                    BulkheadConfig.custom()
                            .maxConcurrentCalls(size)
                            .maxWaitDuration(Duration.ofSeconds(30))
                            .build());
            return new Lender(
                    name,
                    size,
                    () -> {
                        bulkhead.acquirePermission(); // here
                        return bulkhead::onComplete;
                    },
                    () -> {});
        }
    };

    private static final String JDBC = System.getProperty("jdbc");
    private static final int MAX_OF_ALL_SERVERS = 20;
    private static final String HTTP = serve();

    /** A server that answers at once; what borrows a connection of a client has it until it closes the answer. */
    private static String serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(Feed.named("server")));
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[2]);
                exchange.close();
            });
            server.start();
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One pool.
     *
     * @param name as reports have it
     * @param max as reports have it
     * @param borrow waits for a connection; closing that gives it back
     */
    record Lender(String name, int max, Callable<? extends AutoCloseable> borrow, AutoCloseable pool) {}

    /** One connection, which the pool tests for 1.3 s before it lends it. */
    static Lender testing(String name) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(JDBC);
        pool.setMaxTotal(1);
        pool.setValidationQuery("select pg_sleep(1.3)");
        pool.setTestOnBorrow(true);
        pool.setJmxName("app.pools:type=DataSource,name=" + name);
        return new Lender(name, 1, pool::getConnection, pool);
    }

    boolean hasNames() {
        return this != AGROAL && this != SEMAPHORE && !isOfHttp();
    }

    /** Works that a thread may do with its connection. Holders of permits that sleep limit a rate. */
    List<String> kinds() {
        boolean isLimit = this == SEMAPHORE || this == BULKHEAD;
        return Holding.KINDS.stream()
                .filter(kind -> !kind.equals("queries") || !isOfHttp() && !isLimit)
                .filter(kind -> !kind.equals("sleeps") && !kind.equals("queues") || !isLimit)
                .toList();
    }

    private boolean isOfHttp() {
        return this == HTTP5 || this == HTTP4;
    }

    abstract Lender open(String name, int size) throws SQLException;
}
