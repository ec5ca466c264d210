package io.stallsight.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("allow.txt"), text);
    }

    private static AllowList read(Path file) {
        return AllowList.read(file.toString(), AllowListTest.class.getClassLoader());
    }

    @Test
    void read_ofRulesWithReasons_takesEach() throws IOException {
        AllowList list =
                read(file("# legacy\n\ncom.shop.Orders#find  # until the migration\ncom.shop.**  # all of it\n"));

        assertThat(list.unused()).hasSize(2).anyMatch(rule -> rule.startsWith("com.shop.Orders#find ("));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(((", "com.shop.Orders#find()", "com.shop.*"})
    void read_ofARuleThatNamesNoFrames_namesFileAndLineAndTheRightForm(String rule) throws IOException {
        Path file = file("# legacy\n" + rule + "  # reason\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SettingException.class)
                .hasMessage(file + ":2: bad rule \"" + rule + "\"; allowed is a class (com.shop.Orders), a method"
                        + " (com.shop.Orders#find), a package (com.shop.**) or **")
                .extracting(thrown -> ((SettingException) thrown).value())
                .isEqualTo(rule);
    }

    @Test
    void read_ofARuleWithoutReason_asksForOne() throws IOException {
        Path file = file("com.shop.Orders#find\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SettingException.class)
                .hasMessage(file + ":1: the rule \"com.shop.Orders#find\" needs a reason: com.shop.Orders#find  # why");
    }
}
