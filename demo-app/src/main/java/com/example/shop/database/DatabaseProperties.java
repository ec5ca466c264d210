package com.example.shop.database;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database of the orders.
 *
 * @param url a JDBC URL, {@code jdbc:h2:mem:<name>} or {@code jdbc:postgresql://<host>[:<port>]/<database>}; the R2DBC
 *     address is derived from it
 * @param connections size of each of the two connection pools
 */
@ConfigurationProperties("shop.database")
record DatabaseProperties(
        @DefaultValue("jdbc:h2:mem:shop") String url,
        @DefaultValue("sa") String username,
        @DefaultValue("") String password,
        @DefaultValue("10") int connections) {

    private static final String H2_IN_MEMORY = "jdbc:h2:mem:";

    boolean isH2() {
        return url.startsWith(H2_IN_MEMORY);
    }

    /** By default, H2 drops an in-memory database when its last connection closes. */
    String jdbcUrl() {
        return isH2() ? url + ";DB_CLOSE_DELAY=-1" : url;
    }

    String r2dbcUrl() {
        return isH2()
                ? "r2dbc:h2:mem:///" + url.substring(H2_IN_MEMORY.length())
                : url.replaceFirst("^jdbc:", "r2dbc:").replaceFirst("\\?.*$", "");
    }

    String schema() {
        return isH2() ? "db/schema-h2.sql" : "db/schema-postgresql.sql";
    }
}
