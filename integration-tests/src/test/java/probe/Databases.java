package probe;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** JDBC with a database in the process: no call below the query blocks, but the query itself takes time. */
final class Databases {

    private static final String JDBC = "JDBC";

    /** A query that keeps H2 busy for much longer than the reporting threshold. */
    private static final String SLOW = "select sum(a.x * b.x) from system_range(1, 2000) a, system_range(1, 200) b";

    private Databases() {}

    private static Connection connection() throws SQLException {
        return Net.keep(DriverManager.getConnection("jdbc:h2:mem:probe;DB_CLOSE_DELAY=-1"));
    }

    @Blocks(value = JDBC, millis = 2, api = "Statement.executeQuery")
    static Body statementExecuteQuery() throws SQLException {
        Statement statement = connection().createStatement();
        return () -> queryInAMethod(statement);
    }

    private static void queryInAMethod(Statement statement) throws SQLException {
        statement.executeQuery(SLOW);
    }

    @Blocks(value = JDBC, millis = 2, api = "PreparedStatement.executeQuery")
    static Body preparedStatementExecuteQuery_lambda() throws SQLException {
        PreparedStatement statement = connection().prepareStatement(SLOW);
        return () -> statement.executeQuery();
    }

    @Blocks(value = JDBC, millis = 2, api = "PreparedStatement.executeQuery")
    static Body preparedStatementExecuteQuery_reference() throws SQLException {
        PreparedStatement statement = connection().prepareStatement(SLOW);
        return () -> Calls.call(statement::executeQuery);
    }

    @BlocksBriefly(value = JDBC, api = "Statement.executeUpdate")
    static Body statementExecuteUpdate() throws SQLException {
        Statement statement = connection().createStatement();
        return () -> statement.executeUpdate("create table if not exists t(a int)");
    }

    @BlocksBriefly(value = JDBC, api = "Statement.execute")
    static Body statementExecute() throws SQLException {
        Statement statement = connection().createStatement();
        return () -> statement.execute("create table if not exists t(a int)");
    }

    @BlocksBriefly(value = JDBC, api = "Connection.commit")
    static Body connectionCommit() throws SQLException {
        Connection connection = connection();
        connection.setAutoCommit(false);
        connection.createStatement().execute("create table if not exists c(a int)");
        return () -> connection.commit();
    }

    @BlocksBriefly(value = JDBC, api = "DriverManager.getConnection")
    static Body connect() throws SQLException {
        connection();
        return () -> connection();
    }

    @BlocksBriefly(value = JDBC, api = "ResultSet.next")
    static Body resultSetNext() throws SQLException {
        ResultSet rows = connection().createStatement().executeQuery("select x from system_range(1, 10)");
        return () -> rows.next();
    }
}
