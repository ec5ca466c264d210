package app.jdbc;

import app.Announce;
import app.SelectorLoop;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A synchronous driver on an event loop. Arguments: JDBC URL, a query that takes at least 50 ms, the expected detail.
 */
public final class QueriesOnALoop {

    private QueriesOnALoop() {}

    public static void main(String[] args) throws Exception {
        String url = args[0];
        String slow = args[1];
        String detail = args[2];
        try (SelectorLoop loop = new SelectorLoop("jdbc-loop");
                Connection connection = DriverManager.getConnection(url)) {
            query(connection, slow); // this thread may block
            for (int i = 0; i < 3; i++) {
                loop.run(() -> queryOnTheLoop(connection, slow, detail));
            }
            loop.run(() -> executeOnTheLoop(connection, slow, detail));
        }
        Announce.print();
    }

    private static void query(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.executeQuery().close();
        }
    }

    private static void queryOnTheLoop(Connection connection, String sql, String detail) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Announce.nextLine("PreparedStatement.executeQuery", 50, detail);
            ResultSet rows = statement.executeQuery();
            rows.next();
        }
    }

    private static void executeOnTheLoop(Connection connection, String sql, String detail) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            Announce.nextLine("Statement.execute", 50, detail);
            statement.execute(sql);
        }
    }
}
