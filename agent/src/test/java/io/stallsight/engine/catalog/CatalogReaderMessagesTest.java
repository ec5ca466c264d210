package io.stallsight.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.engine.catalog.entry.CatalogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be used ends in one line that names it. */
class CatalogReaderMessagesTest {

    @TempDir
    Path folder;

    private AbstractThrowableAssert<?, ?> assertRefused(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("my.json"), json);
        return assertThatThrownBy(() -> new CatalogReader(17).readFile(file))
                .isInstanceOf(CatalogException.class)
                .hasMessageStartingWith("catalog file " + file + ": ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void unknownSection_isNamed_withThoseThatExist() throws IOException {
        assertRefused("{\"blockings\": []}")
                .hasMessageContaining(": unknown section \"blockings\"; sections are addresses, allow, blocking,");
    }

    @Test
    void kind_thatDoesNotExist_isNamed() throws IOException {
        assertRefused("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"kind\": \"SLEEPY\"}]}")
                .hasMessageContaining("section \"blocking\", entry 1 (A), key \"kind\": \"SLEEPY\" is not one of ")
                .hasMessageContaining("SLEEP,");
    }

    @Test
    void method_thatIsNone_isNamed() throws IOException {
        assertRefused("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f(int\"}]}")
                .hasMessageEndingWith(": not a method: f(int");
    }

    @Test
    void entry_withoutItsClass_isShown() throws IOException {
        assertRefused("{\"blocking\": [{\"methods\": \"f\"}]}")
                .hasMessageContaining("section \"blocking\", entry 1 has no \"class\"; it has methods");
        assertRefused("{\"names\": [{\"methods\": \"f\"}]}")
                .hasMessageContaining("section \"names\", entry 1 has no \"class\"");
    }

    @Test
    void exchange_thatLeadsNowhere_isShown() throws IOException {
        assertRefused("{\"exchanges\": [{\"class\": \"A\"}]}").hasMessageContaining("has no \"remote\"");
        assertRefused("{\"exchanges\": [{\"class\": \"A\", \"host\": \"h\"}]}").hasMessageContaining("has no \"port\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{\"blocking\": [}", "{\n  \"allow\": [\n    {\"frames\" \"A\"}\n]}", "hello"})
    void textThatIsNoJsonObject_isRefused(String text) throws IOException {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"blocking\": [1]}",
                "{\"blocking\": [{\"class\": \"A\", \"methods\": [1]}]}",
                "{\"blocking\": [{\"class\": \"A\", \"methods\": {}}]}",
                "{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"jdk\": \"new\"}]}",
                "{\"allow\": [{\"frames\": 7}]}"
            })
    void valueOfAnotherType_isRefused(String json) throws IOException {
        assertRefused(json);
    }

    @Test
    void at_thatDoesNotExist_isNamed_withThoseThatDo() throws IOException {
        assertRefused("{\"task\": [{\"at\": \"que\", \"class\": \"A\", \"methods\": \"f\"}]}")
                .hasMessageEndingWith("section \"task\", entry 1 (A), key \"at\": \"que\" is not one of "
                        + "take, leave, hand, queue, run, work, reject, start");
        assertRefused("{\"task\": [{\"class\": \"A\", \"methods\": \"f\"}]}").hasMessageContaining("has no \"at\"");
    }

    /** Of entries about other JDKs nobody would see the mistake before the JVM is another one. */
    @Test
    void mistake_inAnEntryAboutAnotherJdk_isRefused() throws IOException {
        assertRefused("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"jdk\": \"25+\", \"kid\": 1}]}")
                .hasMessageContaining("unknown key \"kid\"");
    }

    @Test
    void thread_withoutClassAndName_isRefused() throws IOException {
        assertRefused("{\"threads\": [{\"blocks\": true}]}").hasMessageEndingWith("needs \"class\" or \"name\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"allow\":", "["})
    void bracketsThatAreNestedDeep_areRefused_withTheFile(String bracket) throws IOException {
        assertRefused(bracket.repeat(20_000)).hasMessageContaining("nested more than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "me", "argument", "arg", "arg-1"})
    void subject_otherThanThisOrAnArgument_isRefused(String subject) throws IOException {
        assertRefused("{\"blocking\": [{\"class\": \"A\", \"methods\": \"f\", \"subject\": \"" + subject + "\"}]}");
    }

    /** Nothing would be woven, and nobody would know. */
    @Test
    void section_thatIsNoList_isRefused() throws IOException {
        assertRefused("{\"blocking\": {\"class\": \"A\", \"methods\": \"f\"}}");
    }

    /** A misspelt key is an entry without that key. */
    @Test
    void entry_withAnUnknownKey_isRefused() throws IOException {
        assertRefused("{\"blocking\": [{\"class\": \"A\", \"method\": \"f\"}]}").hasMessageContaining("method");
        assertRefused("{\"allow\": [{\"frame\": \"A\"}]}").hasMessageContaining("frame");
    }

    /** A key that another section has would be ignored in this one. */
    @Test
    void entry_withAKeyOfAnotherSection_isRefused_withTheAllowedKeys() throws IOException {
        assertRefused("{\"threads\": [{\"name\": \"bus-*\", \"loop\": true}]}")
                .hasMessageContaining(
                        "section \"threads\", entry 1 has an unknown key \"loop\"; allowed are blocks, class, jdk, lent, link,");
    }

    @Test
    void file_thatIsMissing_isNamed() {
        Path file = folder.resolve("none.json");
        assertThatThrownBy(() -> new CatalogReader(17).readFile(file))
                .isInstanceOf(CatalogException.class)
                .hasMessage("catalog=" + file + " cannot be read (NoSuchFileException)");
    }

    @Test
    void file_thatIsNoText_isNamed() throws IOException {
        Path file = Files.write(folder.resolve("my.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> new CatalogReader(17).readFile(file))
                .isInstanceOf(CatalogException.class)
                .hasMessage("catalog=" + file + " cannot be read (MalformedInputException)");
    }
}
