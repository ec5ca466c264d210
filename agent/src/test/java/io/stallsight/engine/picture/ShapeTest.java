package io.stallsight.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTest {

    private final Shape shape = Shape.of("shape");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "read /var/lib/orders/4711.csv | read #.csv",
                "GET https://api.shop.com/users/jane?token=x | GET https:#",
                "select * from users where name = 'O''Brien' and age > 42 | select * from users where name = '#' and age > #",
                "park 20 ms | park # ms",
                "wait for a connection of orders (10 of 10 in use) | wait for a connection of orders (10 of 10 in use)",
                "wait for a connection of orders (3 in use) | wait for a connection of orders (3 in use)",
                "10 of 10 | # of #",
                "HttpURLConnection.getInputStream | HttpURLConnection.getInputStream",
            })
    void detail_keepsTheShape(String full, String reduced) {
        assertThat(shape.detail(full.trim())).isEqualTo(reduced.trim().replace("''", "'"));
    }

    @Test
    void hosts_areTheSameNumberWhereverTheyAreNamed() {
        String named = shape.downstream("db.shop.internal:5432");

        assertThat(named).startsWith("host-").endsWith(":5432").doesNotContain("shop");
        assertThat(shape.detail("socket read db.shop.internal:5432")).isEqualTo("socket read " + named);
        assertThat(shape.downstream("other.shop.internal:5432")).isNotEqualTo(named);
    }

    @Test
    void full_changesNothing() {
        assertThat(Shape.of("full").detail("read /var/lib/orders/4711.csv")).isEqualTo("read /var/lib/orders/4711.csv");
    }
}
