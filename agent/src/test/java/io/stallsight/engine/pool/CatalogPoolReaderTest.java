package io.stallsight.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.catalog.rule.PoolRule;
import io.stallsight.engine.catalog.rule.PoolRule.Path;
import io.stallsight.engine.fact.PoolKind;
import java.util.Map;
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
}
