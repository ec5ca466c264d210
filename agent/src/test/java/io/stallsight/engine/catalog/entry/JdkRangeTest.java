package io.stallsight.engine.catalog.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkRangeTest {

    @ParameterizedTest
    @CsvSource({
        "17, 17, true",
        "17, 18, false",
        "17, 16, false",
        "17-20, 16, false",
        "17-20, 17, true",
        "17-20, 20, true",
        "17-20, 21, false",
        "19+, 18, false",
        "19+, 19, true",
        "19+, 99, true",
        "' 19+ ', 19, true"
    })
    void contains_feature_isWithinTheRangeInclusively(String range, int feature, boolean contained) {
        assertThat(JdkRange.parse(range).contains(feature)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all", "17-", "-17", "+", "17..20", "1.8"})
    void parse_ofAnythingElse_isRefused(String range) {
        assertThatThrownBy(() -> JdkRange.parse(range)).isInstanceOf(IllegalArgumentException.class);
    }
}
