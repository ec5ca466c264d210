package io.stallsight.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 us",
        "14000, 14 us",
        "830499, 830 us",
        "830999, 831 us",
        "999499, 999 us",
        "999500, 1.0 ms",
        "1000000, 1.0 ms",
        "1420000, 1.4 ms",
        "9949999, 9.9 ms",
        "9950000, 10 ms",
        "10000000, 10 ms",
        "142499999, 142 ms",
        "142999999, 143 ms",
        "999499999, 999 ms",
        "999500000, 1.00 s",
        "1000000000, 1.00 s",
        "1424000000, 1.42 s",
        "9994999999, 9.99 s",
        "9995000000, 10 s",
        "12000000000, 12 s",
        "41600000000, 42 s",
        "119000000000, 119 s",
        "120000000000, 2 min",
        "416000000000, 7 min",
        "7200000000000, 2 h"
    })
    void of_hasAtMostThreeSignificantDigits(long nanos, String text) {
        assertThat(DurationText.of(nanos)).isEqualTo(text);
        assertThat(DurationText.of(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "250ns, 250",
        "500us, 500000",
        "5ms, 5000000",
        "2s, 2000000000",
        "1m, 60000000000",
        "1h, 3600000000000"
    })
    void parse_ofANumberAndAUnit_isNanoseconds(String text, long nanos) {
        assertThat(DurationText.parse(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "00",
                "1 ms",
                "-1ms",
                "1.5ms",
                "ms",
                "1d",
                "1MS",
                "1234567890ms",
                "\u0661ms",
                "999999999h"
            })
    void parse_ofAnotherForm_namesTheTextAndTheForms(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a duration such as 0, 500us, 5ms, 2s or 1m");
    }

    @Test
    void count_ofOne_isSingular() {
        assertThat(CountText.of(1, "task waits", "tasks wait")).isEqualTo("1 task waits");
        assertThat(CountText.of(41, "task waits", "tasks wait")).isEqualTo("41 tasks wait");
    }
}
