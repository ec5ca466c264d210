package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimesTest {

    private final Times.Length length = new Times.Length();
    private final Times.Moment moment = new Times.Moment();

    @Test
    void length_withAUnit_isMilliseconds() {
        assertThat(length.convert("500ms")).isEqualTo(500);
        assertThat(length.convert("30s")).isEqualTo(30_000);
        assertThat(length.convert("5m")).isEqualTo(300_000);
        assertThat(length.convert("1h")).isEqualTo(3_600_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "0s", "-1s", "1d", "1.5s", "ten s"})
    void length_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> length.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void moment_withoutZone_isOfThisMachine() {
        assertThat(moment.convert("1970-01-01T00:00:01Z")).isEqualTo(1_000);
        assertThat(moment.convert("2026-11-24T10:00:00"))
                .isEqualTo(LocalDateTime.of(2026, 11, 24, 10, 0)
                        .atZone(ZoneId.systemDefault())
                        .toInstant()
                        .toEpochMilli());
        assertThatThrownBy(() -> moment.convert("10:00")).isInstanceOf(TypeConversionException.class);
    }
}
