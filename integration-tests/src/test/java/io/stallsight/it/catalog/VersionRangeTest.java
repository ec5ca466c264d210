package io.stallsight.it.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {

    @ParameterizedTest
    @CsvSource({
        "4.1,         4.1.140.Final, true",
        "4.1,         4.1,           true",
        "4.1,         4.10.0,        false",
        "4.1,         4.2.0.Final,   false",
        "4.2+,        4.2.20.Final,  true",
        "4.2+,        5.0.0,         true",
        "4.2+,        4.1.140.Final, false",
        "17-20,       17,            true",
        "17-20,       20,            true",
        "17-20,       21,            false",
        "4.0-5.1,     5.1.4,         true",
        "4.0-5.1,     5.2.0,         false",
        "'4.1, 4.2+', 4.1.72.Final,  true",
        "'4.1, 4.2+', 4.0.56.Final,  false",
        "6.1+,        6.1-RC1,       true",
    })
    void contains_comparesAsManyNumbersAsTheBoundHas(String range, String version, boolean contained) {
        assertThat(new VersionRange(range).contains(version)).isEqualTo(contained);
    }
}
