package io.stallsight.engine.check;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** JDBC: a driver that is recognised by its shape, and the DriverManager. */
final class ExerciseJdbc {

    private static final String NO_URL = "jdbc:stallsight-no-such-driver:";
    private static final String SQL = "";
    private static final int[] COLUMN_INDEXES = {};
    private static final String[] COLUMN_NAMES = {};

    private ExerciseJdbc() {}

    static List<Exercise> all() {
        return List.of(
                new Exercise("JDBC connect", ExerciseJdbc::connect),
                new Exercise("JDBC Connection", ExerciseJdbc::connection),
                new Exercise("JDBC Statement", ExerciseJdbc::statement),
                new Exercise("JDBC PreparedStatement", ExerciseJdbc::preparedStatement),
                new Exercise("JDBC ResultSet", ExerciseJdbc::resultSet),
                new Exercise("JDBC XAResource", ExerciseJdbc::transaction),
                new Exercise("DriverManager.getConnection", ExerciseJdbc::driverManager));
    }

    private static void connect() {
        new ExerciseJdbcDriver.Driver().connect(NO_URL, new Properties());
        ExerciseJdbcDriver.DataSource dataSource = new ExerciseJdbcDriver.DataSource();
        dataSource.getConnection();
        dataSource.getConnection("", "");
        dataSource.getPooledConnection();
        dataSource.getXAConnection();
    }

    private static void connection() {
        ExerciseJdbcDriver.Connection connection = new ExerciseJdbcDriver.Connection();
        connection.prepareStatement(SQL);
        connection.prepareCall(SQL);
        connection.setAutoCommit(false);
        connection.setReadOnly(false);
        connection.setTransactionIsolation(0);
        connection.getTransactionIsolation();
        connection.setCatalog("");
        connection.setSchema("");
        connection.getSchema();
        connection.setSavepoint();
        connection.releaseSavepoint(null);
        connection.rollback(null);
        connection.rollback();
        connection.commit();
        connection.isValid(0);
        connection.close();
    }

    private static void statement() {
        ExerciseJdbcDriver.Statement statement = new ExerciseJdbcDriver.Statement();
        statement.executeQuery(SQL);
        statement.executeUpdate(SQL);
        statement.executeUpdate(SQL, 0);
        statement.executeUpdate(SQL, COLUMN_INDEXES);
        statement.executeUpdate(SQL, COLUMN_NAMES);
        statement.execute(SQL);
        statement.execute(SQL, 0);
        statement.execute(SQL, COLUMN_INDEXES);
        statement.execute(SQL, COLUMN_NAMES);
        statement.executeLargeUpdate(SQL);
        statement.executeLargeUpdate(SQL, 0);
        statement.executeLargeUpdate(SQL, COLUMN_INDEXES);
        statement.executeLargeUpdate(SQL, COLUMN_NAMES);
        statement.executeBatch();
        statement.executeLargeBatch();
        statement.getMoreResults();
        statement.getMoreResults(0);
        statement.cancel();
        statement.close();
    }

    private static void preparedStatement() {
        ExerciseJdbcDriver.PreparedStatement statement = new ExerciseJdbcDriver.PreparedStatement();
        statement.executeQuery();
        statement.executeUpdate();
        statement.execute();
        statement.executeLargeUpdate();
        statement.getMetaData();
        statement.getParameterMetaData();
        ExerciseJdbcDriver.CallableStatement call = new ExerciseJdbcDriver.CallableStatement();
        call.registerOutParameter(0, 0);
        call.executeUpdate();
    }

    private static void resultSet() {
        ExerciseJdbcDriver.ResultSet resultSet = new ExerciseJdbcDriver.ResultSet();
        resultSet.next();
        resultSet.previous();
        resultSet.first();
        resultSet.last();
        resultSet.absolute(0);
        resultSet.relative(0);
        resultSet.insertRow();
        resultSet.updateRow();
        resultSet.deleteRow();
        resultSet.refreshRow();
        resultSet.close();
    }

    private static void transaction() {
        ExerciseJdbcDriver.XAResource resource = new ExerciseJdbcDriver.XAResource();
        resource.prepare(null);
        resource.commit(null, false);
        resource.rollback(null);
    }

    private static void driverManager() {
        try {
            DriverManager.getConnection(NO_URL).close();
        } catch (SQLException expected) {
            // no driver accepts the address
        }
    }
}
