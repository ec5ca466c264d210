package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmRowTest {

    @Test
    void main_ofACommand_isTheClassOrTheJarWithoutArguments() {
        assertThat(JvmRow.main("com.shop.Main --password=secret")).isEqualTo("com.shop.Main");
        assertThat(JvmRow.main("/opt/shop/shop.jar --port 80")).isEqualTo("shop.jar");
        assertThat(JvmRow.main("C:\\shop\\shop.jar")).isEqualTo("shop.jar");
        assertThat(JvmRow.main("shop/com.shop.Main")).isEqualTo("shop/com.shop.Main");
        assertThat(JvmRow.main("")).isEqualTo("(unknown)");
    }
}
