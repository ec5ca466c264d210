package com.example.shop.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatabasePropertiesTest {
    @Test
    void r2dbcUrl_ofEmbeddedDatabase_isTheSameDatabase() {
        DatabaseProperties properties = new DatabaseProperties("jdbc:h2:mem:shop", "sa", "", 10);

        assertThat(properties.r2dbcUrl()).isEqualTo("r2dbc:h2:mem:///shop");
        assertThat(properties.schema()).isEqualTo("db/schema-h2.sql");
    }

    @Test
    void r2dbcUrl_ofPostgres_hasNoJdbcParameters() {
        DatabaseProperties properties =
                new DatabaseProperties("jdbc:postgresql://db.example.test:5433/shop?ssl=false", "shop", "secret", 10);

        assertThat(properties.r2dbcUrl()).isEqualTo("r2dbc:postgresql://db.example.test:5433/shop");
        assertThat(properties.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example.test:5433/shop?ssl=false");
        assertThat(properties.schema()).isEqualTo("db/schema-postgresql.sql");
    }
}
