package com.example.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    private String service = "";

    @BeforeEach
    void createService(@TempDir Path directory) throws Exception {
        service = "--service=" + Files.createFile(directory.resolve("shop.jar"));
    }

    @Test
    void parse_emptyValue_isTheDefault() {
        Options options = Options.parse(service, "--port=", "--modes=", "--once=");

        assertThat(options.port()).isZero();
        assertThat(options.once()).isFalse();
        assertThat(options.agent()).isEmpty();
        assertThat(options.selectedModes()).hasSameSizeAs(Mode.all());
    }

    @Test
    void parse_flagWithoutValue_isTrue() {
        assertThat(Options.parse(service, "--once").once()).isTrue();
    }

    @Test
    void selectedModes_keepTheirOrder() {
        assertThat(Options.parse(service, "--modes=jdbc,sleep").selectedModes())
                .extracting(Mode::name)
                .containsExactly("sleep", "jdbc");
    }

    @Test
    void parse_unknownArgument_namesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(service, "--onse"))
                .withMessageStartingWith("unknown argument --onse; known: --service, --agent");
    }

    @Test
    void parse_missingAgent_namesThePath() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(service, "--agent=/no/such.jar"))
                .withMessage("--agent: no such file: " + Path.of("/no/such.jar"));
    }

    @Test
    void parse_unknownMode_namesTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(service, "--modes=slep"))
                .withMessageStartingWith("--modes: unknown mode slep; known: sleep, ");
    }
}
