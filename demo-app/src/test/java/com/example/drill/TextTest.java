package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({"0, 0.0 ms", "1234, 1.2 ms", "10000, 10 ms", "9999499, 9999 ms", "9999500, 10.0 s", "20000000, 20.0 s"})
    void millis_fitsItsColumn(long micros, String text) {
        assertThat(Text.millis(Duration.ofNanos(micros * 1_000)))
                .isEqualTo(text)
                .hasSizeLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"abc, 5, 'abc  '", "abcdef, 5, abc..", "abcde, 5, abcde"})
    void left_fillsOrCuts(String text, int width, String cell) {
        assertThat(Text.left(text, width)).isEqualTo(cell);
    }
}
