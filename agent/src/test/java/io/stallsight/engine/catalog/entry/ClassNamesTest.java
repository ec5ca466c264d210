package io.stallsight.engine.catalog.entry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A build may move a copy of a library below a package of its own. */
class ClassNamesTest {

    @Test
    void original_isTheRestFromADomainOn() {
        assertThat(ClassNames.original("io.grpc.netty.shaded.io.netty.channel.Channel"))
                .isEqualTo("io.netty.channel.Channel");
        assertThat(ClassNames.original("org.acme.shade.io.grpc.netty.shaded.io.netty.channel.Channel"))
                .as("a copy of a copy")
                .isEqualTo("io.grpc.netty.shaded.io.netty.channel.Channel");
    }

    @Test
    void original_ofOtherNames_isNone() {
        assertThat(ClassNames.original("io.netty.channel.Channel")).isNull();
        assertThat(ClassNames.original("java.io.InputStream")).as("of the JDK").isNull();
        assertThat(ClassNames.original("com.shop.iodine.Orders")).isNull();
        assertThat(ClassNames.original("com.shop.io")).as("a class called io").isNull();
        assertThat(ClassNames.original("Orders")).isNull();
    }

    @Test
    void isOrCopies_comparesWholePackages() {
        assertThat(ClassNames.isOrCopies("io.netty.Loop", "io.netty.Loop")).isTrue();
        assertThat(ClassNames.isOrCopies("org.acme.io.netty.Loop", "io.netty.Loop"))
                .isTrue();
        assertThat(ClassNames.isOrCopies("org.radio.netty.Loop", "io.netty.Loop"))
                .isFalse();
        assertThat(ClassNames.isOrCopies("netty.Loop", "io.netty.Loop")).isFalse();
    }
}
