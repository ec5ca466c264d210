package app.requests;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;

/** Orders in a database, with a pool of two connections. */
final class Orders {

    static final int CONNECTIONS = 2;

    private final HikariDataSource pool = new HikariDataSource();
    private final Semaphore gate = new Semaphore(0);

    Orders(String name) {
        pool.setPoolName(name);
        pool.setJdbcUrl("jdbc:h2:mem:" + name);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(CONNECTIONS);
    }

    String serve(String method) {
        return method.equals("POST") ? report() : read();
    }

    /** Keeps a connection until the program opens the gate. */
    String report() {
        try (Connection connection = pool.getConnection()) {
            gate.acquireUninterruptibly();
            return connection.getSchema();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String read() {
        try (Connection connection = pool.getConnection()) {
            return connection.getSchema();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many connections are out. */
    int inUse() {
        return pool.getHikariPoolMXBean() == null
                ? 0
                : pool.getHikariPoolMXBean().getActiveConnections();
    }

    /** How many threads wait for a connection. */
    int waiting() {
        return pool.getHikariPoolMXBean() == null
                ? 0
                : pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    void openGate() {
        gate.release(CONNECTIONS);
    }
}
