package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.catalog.TestCatalogs;
import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.PoolRule.Path;
import io.stallsight.engine.fact.PoolKind;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogPoolReaderTest {

    private static final PoolRule RULE =
            new PoolRule("P", "pool", Map.of(Path.SIZE, "size", Path.IDLE, "idle", Path.MAX, "size"));

    /** A pool of the application, as the reader finds it. */
    private record Given(int size, int idle) {}

    @Test
    void connectionsThatAreNotIdle_areInUse() {
        PoolReading reading = new CatalogPoolReader(RULE, PoolKind.CONNECTIONS).read(new Given(3, 1));

        assertThat(reading.active()).isEqualTo(2);
    }

    @Test
    void onlyConnection_isFreeWhileIdle() {
        PoolReading reading = new CatalogPoolReader(RULE, PoolKind.CONNECTIONS).read(new Given(1, 1));

        assertThat(reading.active()).isZero();
    }

    @Test
    void number_thatAPoolDoesNotGive_comesFromTheHooks() {
        PoolReading reading = new CatalogPoolReader(RULE, PoolKind.CONNECTIONS).read(new Given(3, 0));

        assertThat(reading.isFull()).isFalse();
        assertThat(reading.withQueued(2).isFull()).isTrue();
    }

    private record Named(String given, Map<String, String> keys) {}

    private static @Nullable String nameOf(Named pool, Map<Path, String> paths) {
        return new CatalogPoolReader(new PoolRule("P", "pool", paths), PoolKind.CONNECTIONS).name(pool);
    }

    @Test
    void nameThatTheLibraryMadeUp_isNone() {
        Map<Path, String> paths = Map.of(Path.NAME, "given", Path.GENERATED, "Acme Pool[");

        assertThat(nameOf(new Named("Acme Pool[1-77254]", Map.of()), paths)).isNull();
        assertThat(nameOf(new Named("orders", Map.of()), paths)).isEqualTo("orders");
    }

    @Test
    void nameInAMap_isFoundByItsKey() {
        Map<Path, String> paths = Map.of(Path.NAME, "keys[name]");

        assertThat(nameOf(new Named("", Map.of("type", "Pool", "name", "orders")), paths))
                .isEqualTo("orders");
        assertThat(nameOf(new Named("", Map.of()), paths)).isNull();
        assertThat(nameOf(new Named("", Map.of()), Map.of(Path.NAME, "given[name]")))
                .isNull();
    }

    /** Lends its connections by the method of its superclass. */
    static class Lending {
        public String borrow() {
            return "a connection";
        }
    }

    static final class Special extends Lending {}

    @Test
    void ruleForASubclass_isAboutConnections_whichTheSuperclassLends() {
        Catalog catalog = TestCatalogs.of("""
                {
                  "lease": [{"at": "begin", "class": "%s", "methods": ["borrow()"], "reason": "test"}],
                  "pools": [{"class": "%s", "title": "Special", "reason": "test"}]
                }
                """.formatted(Lending.class.getName(), Special.class.getName()));

        PoolReader reader = Objects.requireNonNull(PoolReader.of(Special.class, catalog));

        assertThat(reader.kind()).isEqualTo(PoolKind.CONNECTIONS);
        assertThat(reader.title()).isEqualTo("Special");
    }
}
