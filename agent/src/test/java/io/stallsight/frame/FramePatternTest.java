package io.stallsight.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.testing.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramePatternTest {

    @ParameterizedTest
    @CsvSource({
        "com.shop.Orders, com.shop.Orders.find",
        "com.shop.Orders, com.shop.Orders$Line.price",
        "com.shop.Orders, com.shop.Orders$1.run",
        "com.shop.Orders$Line, com.shop.Orders$Line.price",
        "com.shop.Orders$Line, com.shop.Orders$Line$Tax.rate",
        "com.shop.Orders#find, com.shop.Orders.find",
        "com.shop.Orders#find, com.shop.Orders.lambda$find$0",
        "com.shop.Orders#find, com.shop.Orders.lambda$find$3f2a1b$1",
        "com.shop.Orders#lambda$find$0, com.shop.Orders.lambda$find$0",
        "com.shop.Orders#<init>, com.shop.Orders.<init>",
        "com.shop.Orders#<init>, com.shop.Orders.lambda$new$0",
        "com.shop.Orders#<clinit>, com.shop.Orders.lambda$static$0",
        "com.shop.Orders#find-0E7RQCE, com.shop.Orders.find-0E7RQCE",
        "com.shop.OrdersTest#finds an order, com.shop.OrdersTest.finds an order",
        "com.shop.**, com.shop.Orders$Line.price",
        "com.shop.**, com.shop.db.Schema.check",
        "com.shop.**#close, com.shop.db.Schema.close",
        "**#<clinit>, com.shop.Orders.<clinit>",
        "**, com.shop.Orders.find",
        "Main, Main.main"
    })
    void covers_frameOfItsPart(String rule, String frame) {
        assertThat(FramePattern.parse(rule).covers(Stacks.frame(frame))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "com.shop.Order, com.shop.Orders.find",
        "com.shop.Orders, com.shop.OrdersTest.find",
        "com.shop.Orders$Line, com.shop.Orders.find",
        "com.shop.Orders#find, com.shop.Orders.findAll",
        "com.shop.Orders#find, com.shop.Orders.lambda$findAll$0",
        "com.shop.Orders#find, com.shop.Orders.lambda$refind$0",
        "com.shop.Orders#find, com.shop.Orders$Line.find",
        "com.shop.**, com.shops.Orders.find",
        "com.shop.**, com.Shop.find",
        "com.shop.**#close, com.shop.db.Schema.open",
        "**#<clinit>, com.shop.Orders.lambda$static$0",
        "Main, com.shop.Main.main"
    })
    void covers_frameOfAnotherPart_isFalse(String rule, String frame) {
        assertThat(FramePattern.parse(rule).covers(Stacks.frame(frame))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.shop.Orders",
                "com.shop.Orders$Line",
                "com.shop.Orders#find",
                "com.shop.Orders#<init>",
                "com.shop.**",
                "com.shop.**#close",
                "**",
                "**#<clinit>"
            })
    void text_isTheInverseOfParse(String text) {
        assertThat(FramePattern.parse(" " + text + " ").text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "###",
                "(((",
                "#find",
                "com shop",
                "com.shop.*",
                "com.*.Orders",
                "com.**.Orders",
                "com.shop**",
                "com.shop..Orders",
                ".com.shop.Orders",
                "com.shop.Orders.",
                "com/shop/Orders",
                "com.shop.Orders#",
                "com.shop.Orders# ",
                "com.shop.Orders#find()",
                "com.shop.Orders#find#load",
                "com.shop.Orders#<find>",
                "com.shop.Orders::find",
                "***"
            })
    void parse_ofAnotherForm_namesTheTextAndTheForms(String text) {
        assertThatThrownBy(() -> FramePattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bad rule \"" + text + "\"; allowed is a class (com.shop.Orders), a method"
                        + " (com.shop.Orders#find), a package (com.shop.**) or **");
    }

    @Test
    void ofMethod_takesNamesThatNoTextHas() {
        assertThat(FramePattern.ofMethod("com.shop.Orders", "find()").covers(Stacks.frame("com.shop.Orders.find")))
                .isFalse();
    }
}
