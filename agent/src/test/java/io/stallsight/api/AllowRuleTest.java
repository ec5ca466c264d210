package io.stallsight.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowRuleTest {

    private static final StackTraceElement FRAME =
            new StackTraceElement("com.shop.Orders$Store", "lambda$find$0", "Orders.java", 7);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.shop.Orders",
                "com.shop.Orders$Store",
                "com.shop.Orders$Store#find",
                "com.shop.Orders$Store#lambda$find$0",
                "com.shop.**",
                "com.**",
                "**"
            })
    void matches_aFrameOfItsPart_isTrue(String rule) {
        assertThat(AllowRule.parse(rule).matches(FRAME)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.shop.Order", "com.shop.Orders#find", "com.shop.Orders$Store#save", "com.shops.**"})
    void matches_anotherFrame_isFalse(String rule) {
        assertThat(AllowRule.parse(rule).matches(FRAME)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "com shop", "com.shop.*", "com.shop.Orders#", "#find"})
    void parse_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> AllowRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad rule \"" + text + "\"");
    }

    @Test
    void matches_aConstructor_byItsName() {
        StackTraceElement constructor = new StackTraceElement("com.shop.Orders", "<init>", "Orders.java", 3);
        assertThat(AllowRule.parse("com.shop.Orders#<init>").matches(constructor))
                .isTrue();
    }
}
