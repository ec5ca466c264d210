package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PictureTextTest {

    @Test
    void wrap_breaksAtSpacesAndLosesNothing() {
        assertThat(PictureText.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(PictureText.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(PictureText.wrap("one two", 100)).containsExactly("one two");
        assertThat(PictureText.wrap("one", Integer.MAX_VALUE)).containsExactly("one");
    }

    @Test
    void wrap_ofALongWord_keepsItWhole() {
        assertThat(PictureText.wrap("com.shop.Orders.find is late", 5))
                .containsExactly("com.shop.Orders.find", "is", "late");
        assertThat(PictureText.wrap("com.shop.Orders.find", 5)).containsExactly("com.shop.Orders.find");
    }

    @Test
    void duration_hasThreeDigits() {
        assertThat(PictureText.duration(0.416)).isEqualTo("0.42 ms");
        assertThat(PictureText.duration(4.16)).isEqualTo("4.2 ms");
        assertThat(PictureText.duration(416)).isEqualTo("416 ms");
        assertThat(PictureText.duration(4160)).isEqualTo("4.16 s");
        assertThat(PictureText.duration(41600)).isEqualTo("42 s");
        assertThat(PictureText.duration(416000)).isEqualTo("7 min");
    }
}
