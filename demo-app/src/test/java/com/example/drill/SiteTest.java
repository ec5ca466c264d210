package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.shop.OrderController.find(OrderController.java:57)",
                "com.example.shop.OrderController.lambda$find$0(OrderController.java:57)",
                "com.example.shop.OrderController$Inner.find(OrderController.java:57)",
                "com.example.shop.OrderController.<init>(OrderController.java:57)",
            })
    void parse_frame(String frame) {
        assertThat(Site.parse(frame)).contains(new Site("com.example.shop", "OrderController.java", 57));
    }

    @Test
    void parse_frameOfUnnamedPackage() {
        assertThat(Site.parse("Main.main(Main.java:3)")).contains(new Site("", "Main.java", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "java.lang.Thread.sleep(Native Method)", "com.example.Shop.find(Unknown Source)"})
    void parse_frameWithoutLine_isEmpty(String frame) {
        assertThat(Site.parse(frame)).isEmpty();
    }
}
