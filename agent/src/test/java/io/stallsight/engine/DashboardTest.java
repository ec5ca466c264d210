package io.stallsight.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stallsight.engine.fact.ObservedJvm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DashboardTest {

    @ParameterizedTest
    @CsvSource({
        "shop.jar, Europe/Berlin, stallsight-shop-2026-11-28-234304.html",
        "shop-1.2.jar, UTC, stallsight-shop-1.2-2026-11-28-224304.html",
        "com.example.shop.ShopApplication, America/New_York, stallsight-ShopApplication-2026-11-28-174304.html",
        "'', GMT+02:00, stallsight--2026-11-29-004304.html",
        "'../a\";b/c', UTC, stallsight-_a_b_c-2026-11-28-224304.html",
    })
    void snapshotName_hasServiceAndTimeInItsZone(String service, String zone, String name) {
        ObservedJvm jvm = new ObservedJvm(1, service, "17", "1.0", 0, "observe", 1, 2, zone, "shape", null);

        assertThat(Dashboard.snapshotName(jvm, 1_795_905_784_000L)).isEqualTo(name);
    }
}
