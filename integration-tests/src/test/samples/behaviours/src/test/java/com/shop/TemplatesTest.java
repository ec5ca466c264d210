package com.shop;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    @ParameterizedTest
    @ValueSource(strings = {"one", "two", "three"})
    void parameterized(String value) {
        if (value.equals("two")) {
            Loop.block();
        }
    }

    @RepeatedTest(3)
    void repeated(RepetitionInfo repetition) {
        if (repetition.getCurrentRepetition() == 3) {
            Loop.block();
        }
    }

    @TestFactory
    Stream<DynamicTest> dynamic() {
        return Stream.of("one", "two", "three").map(name -> dynamicTest(name, () -> {
            if (name.equals("one")) {
                Loop.block();
            }
        }));
    }
}
