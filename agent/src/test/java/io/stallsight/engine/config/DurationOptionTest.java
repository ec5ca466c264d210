package io.stallsight.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationOptionTest {

    private static Config read(String arguments) {
        return ConfigReader.read(arguments, new Properties(), Map.of(), Path.of(""));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0ms, 0",
        "250ns, 250",
        "500us, 500000",
        "1ms, 1000000",
        "2s, 2000000000",
        "3m, 180000000000",
        "1h, 3600000000000",
        "999999999ms, 999999999000000"
    })
    void duration_withUnit_isNanoseconds(String text, long nanos) {
        assertThat(read("threshold.blocking=" + text).thresholdBlocking()).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "00",
                "1 ms",
                "-1ms",
                "+1ms",
                "1.5ms",
                "ms",
                "1d",
                "1MS",
                "1msx",
                "1234567890ms",
                "1e3ms"
            })
    void duration_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> read("threshold.blocking=" + text))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bad value for option threshold.blocking in agent arguments: \"" + text
                        + "\"; allowed is a duration such as 0, 500us, 1ms or 2s");
    }

    /** More nanoseconds than a long holds: a number that wrapped around would be any threshold at all. */
    @ParameterizedTest
    @ValueSource(strings = {"200000000m", "400000000m", "999999999m"})
    void duration_beyondLong_isRefused(String text) {
        assertThatThrownBy(() -> read("threshold.blocking=" + text)).isInstanceOf(ConfigException.class);
    }

    @Test
    void thresholdStall_belowAMillisecond_isRefused() {
        assertThat(read("threshold.stall=1ms").thresholdStall()).isEqualTo(1_000_000L);
        assertThatThrownBy(() -> read("threshold.stall=999us"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bad value for option threshold.stall in agent arguments: \"999us\";"
                        + " allowed is a duration of at least 1ms, such as 50ms or 1s");
    }

    @Test
    void thresholdPool_below100Milliseconds_isRefused() {
        assertThat(read("threshold.pool=100ms").thresholdPool()).isEqualTo(100_000_000L);
        assertThatThrownBy(() -> read("threshold.pool=99ms"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bad value for option threshold.pool in agent arguments: \"99ms\";"
                        + " allowed is a duration of at least 100ms, such as 500ms or 5s");
    }

    @Test
    void interval_below100Milliseconds_isRefused() {
        assertThat(read("interval=100ms").interval()).isEqualTo(100_000_000L);
        assertThatThrownBy(() -> read("interval=99ms"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bad value for option interval in agent arguments: \"99ms\";"
                        + " allowed is a duration of at least 100ms, such as 500ms or 10s");
    }
}
