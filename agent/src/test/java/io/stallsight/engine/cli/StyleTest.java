package io.stallsight.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {

    private static final String RED = "\u001b[1m\u001b[31mx\u001b[39m\u001b[21m\u001b[0m";

    @Test
    void auto_paintsOnATerminalWithoutNoColor() {
        assertThat(Style.of(Style.When.auto, Map.of(), true).red("x")).isEqualTo(RED);
        assertThat(Style.of(Style.When.auto, Map.of("NO_COLOR", ""), true).red("x"))
                .isEqualTo(RED);
        assertThat(Style.of(Style.When.auto, Map.of(), false).red("x")).isEqualTo("x");
        assertThat(Style.of(Style.When.auto, Map.of("NO_COLOR", "1"), true).red("x"))
                .isEqualTo("x");
        assertThat(Style.of(Style.When.auto, Map.of("TERM", "dumb"), true).red("x"))
                .isEqualTo("x");
    }

    @Test
    void alwaysAndNever_goBeforeTheEnvironment() {
        assertThat(Style.of(Style.When.always, Map.of("NO_COLOR", "1"), false).red("x"))
                .isEqualTo(RED);
        assertThat(Style.of(Style.When.never, Map.of(), true).red("x")).isEqualTo("x");
    }
}
