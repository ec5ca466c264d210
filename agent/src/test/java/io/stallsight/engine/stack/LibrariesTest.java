package io.stallsight.engine.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LibrariesTest {

    private final Libraries libraries =
            new Libraries(List.of("io.netty.", "reactor.core.", "org.apache.", "org.apache.kafka."), List.of());

    @Test
    void copyOfALibrary_isALibrary() {
        assertThat(libraries.isApplication("com.shop.shaded.io.netty.channel.Channel"))
                .isFalse();
        assertThat(libraries.isApplication("com.shop.netty.Channel")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.Thread",
                "javax.sql.DataSource",
                "jdk.internal.misc.Unsafe",
                "sun.nio.ch.Net",
                "com.sun.net.httpserver.HttpServer"
            })
    void isApplication_ofTheJdk_isFalse(String className) {
        assertThat(libraries.isJdk(className)).isTrue();
        assertThat(libraries.isApplication(className)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.netty.channel.Channel",
                "reactor.core.publisher.Mono",
                "org.apache.Top",
                "org.apache.kafka.Client",
                "org.apache.zookeeper.ZooKeeper"
            })
    void isApplication_ofACataloguedLibrary_isFalse(String className) {
        assertThat(libraries.isJdk(className)).isFalse();
        assertThat(libraries.isApplication(className)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Orders",
                "io.nettyish.Web",
                "reactor.cored.Apple",
                "org.apach.X",
                "Main",
                "zzz.Last",
                "a.First",
                "javafake.X",
                "sunny.Day"
            })
    void isApplication_ofTheRest_isTrue(String className) {
        assertThat(libraries.isApplication(className)).isTrue();
    }

    @Test
    void isOwn_withoutPackages_isNothing() {
        assertThat(libraries.hasOwn()).isFalse();
        assertThat(libraries.isOwn("com.acme.Orders")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.acme", "com.acme.", "com.acme.**"})
    void isOwn_inANamedPackage_isTrue(String own) {
        Libraries named = new Libraries(List.of(), List.of(own));
        assertThat(named.hasOwn()).isTrue();
        assertThat(named.isOwn("com.acme.Orders")).isTrue();
        assertThat(named.isOwn("com.acme.web.Handler")).isTrue();
        assertThat(named.isOwn("com.acmeshop.Shop")).isFalse();
    }
}
