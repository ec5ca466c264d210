package io.stallsight.it.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL on the loopback: in a container where there is a Docker daemon, else as a process of this machine.
 */
record Postgres(String jdbcUrl, String address, AutoCloseable server) implements AutoCloseable {

    private static final String IMAGE = "postgres:17.6-alpine";

    @SuppressWarnings("resource") // closed by close()
    static Postgres start() throws IOException {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
            container.start();
            return on(
                    container.getMappedPort(5432),
                    container.getDatabaseName(),
                    container.getUsername(),
                    container.getPassword(),
                    container);
        }
        EmbeddedPostgres embedded = EmbeddedPostgres.start();
        return on(embedded.getPort(), "postgres", "postgres", "postgres", embedded);
    }

    private static Postgres on(int port, String database, String user, String password, AutoCloseable server) {
        String address = "127.0.0.1:" + port;
        String url = "jdbc:postgresql://" + address + "/" + database + "?user=" + user + "&password=" + password;
        return new Postgres(url, address, server);
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
