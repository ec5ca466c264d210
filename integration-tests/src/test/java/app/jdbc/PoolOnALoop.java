package app.jdbc;

import app.Announce;
import app.SelectorLoop;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * HikariCP over H2 on an event loop: queries through the pool's wrappers, and waiting for a connection of an exhausted
 * pool.
 */
public final class PoolOnALoop {

    private PoolOnALoop() {}

    public static void main(String[] args) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:pool");
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(250); // the minimum of HikariCP
        try (HikariDataSource pool = new HikariDataSource(config);
                SelectorLoop loop = new SelectorLoop("pool-loop")) {
            loop.run(() -> query(pool));
            Connection taken = pool.getConnection();
            loop.run(() -> waitForAConnection(pool));
            taken.close();
        }
        Announce.print();
    }

    private static void query(HikariDataSource pool) throws SQLException {
        String slow = "select sum(a.x * b.x) from system_range(1, 3000) a, system_range(1, 1000) b";
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(slow)) {
            Announce.nextLine("PreparedStatement.executeQuery", 20);
            ResultSet rows = statement.executeQuery();
            rows.next();
        }
    }

    private static void waitForAConnection(HikariDataSource pool) throws SQLException {
        try {
            Announce.nextLine("DataSource.getConnection", 200);
            pool.getConnection().close();
        } catch (SQLTransientConnectionException e) {
            // expected: the pool is exhausted
        }
    }
}
