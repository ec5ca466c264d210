package io.stallsight.engine.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one line for everything that can be wrong: the key, where it stands, what is allowed, the nearest key. */
class ConfigReaderMessagesTest {

    private static final String OPTIONS = " Options are: mode, threads, threads.exclude, packages, allow, catalog,"
            + " config, threshold.blocking, threshold.stall, threshold.pool, threshold.fanout, interval, http, http.token, otlp, detail, blockhound, cache, requests, trace.url,"
            + " trace.events";

    private static final String RULE_FORMS = "a class (com.shop.Orders), a method (com.shop.Orders#find),"
            + " a package (com.shop.**) or **, separated by ;";

    @TempDir
    Path folder;

    private final Properties systemProperties = new Properties();

    private AbstractThrowableAssert<?, ?> assertRefused(String arguments, Map<String, String> environment) {
        return assertThatThrownBy(() -> ConfigReader.read(arguments, systemProperties, environment, folder))
                .isInstanceOf(ConfigException.class)
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .doesNotContain("\n"));
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String arguments) {
        return assertRefused(arguments, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "many", "5ms", ""})
    void thresholdFanOut_thatIsNoCount_isRefused(String text) {
        assertThatThrownBy(() -> ConfigReader.read("threshold.fanout=" + text, new Properties(), Map.of(), folder))
                .isInstanceOf(ConfigException.class)
                .hasMessage("bad value for option threshold.fanout in agent arguments: \"" + text
                        + "\"; allowed is a number from 1 to 1000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://traces.example.com", "traces/{traceId}", "javascript:{traceId}", "https:///{traceId}"})
    void traceUrl_thatIsNoTemplate_isRefused(String text) {
        assertRefused("trace.url=" + text)
                .hasMessage(
                        "bad value for option trace.url in agent arguments: \"" + text
                                + "\"; allowed is an address with {traceId} in it, such as https://traces.example.com/trace/{traceId}");
    }

    @Test
    void unknownKey_inArguments_namesTheNearest() {
        assertRefused("thread=loop-*")
                .hasMessage("unknown option thread in agent arguments; did you mean threads?" + OPTIONS);
    }

    @Test
    void unknownKey_inSystemProperties_namesTheProperty() {
        systemProperties.setProperty("stallsight.treshold.blocking", "1ms");
        assertRefused("")
                .hasMessage("unknown option treshold.blocking in system property stallsight.treshold.blocking;"
                        + " did you mean threshold.blocking?" + OPTIONS);
    }

    @Test
    void unknownKey_inTheEnvironment_namesTheVariable() {
        assertRefused("", Map.of("STALLSIGHT_THREADS_EXCLUDES", "x"))
                .hasMessage("unknown option threads.excludes in environment variable STALLSIGHT_THREADS_EXCLUDES;"
                        + " did you mean threads.exclude?" + OPTIONS);
    }

    @Test
    void unknownKey_inTheFile_namesTheFile() throws IOException {
        Files.writeString(folder.resolve("my.properties"), "intervall=1s\n");
        assertRefused("config=my.properties")
                .hasMessage("unknown option intervall in my.properties; did you mean interval?" + OPTIONS);
    }

    @ParameterizedTest
    @CsvSource({
        "Mode, mode",
        "MODE, mode",
        "threads-exclude, threads.exclude",
        "package, packages",
        "threshold.stalls, threshold.stall",
        "treshold.blocking, threshold.blocking",
        "https, http",
        "catalogue, catalog",
        "thresholdBlocking, threshold.blocking"
    })
    void unknownKey_isComparedWithEveryKey(String key, String nearest) {
        assertRefused(key + "=x").hasMessageContaining("; did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "stall, threshold.stall",
        "exclude, threads.exclude",
        "thresholds.pool, threshold.pool",
        "intervals, interval"
    })
    void unknownKey_thatIsAPartOfAKey_namesThatKey(String key, String nearest) {
        assertRefused(key + "=x").hasMessageContaining("; did you mean " + nearest + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "x", "verbose", "log.level", "port", "enabled"})
    void unknownKey_thatIsLikeNoOther_namesNone(String key) {
        assertRefused(key + "=1").hasMessage("unknown option " + key + " in agent arguments." + OPTIONS);
    }

    @Test
    void unknownKey_withALineBreak_makesOneLine() {
        assertRefused("no\nsuch=1").hasMessageStartingWith("unknown option no\\nsuch in agent arguments");
    }

    @Test
    void badValue_inArguments_saysWhatIsAllowed() {
        assertRefused("mode=Strict")
                .hasMessage(
                        "bad value for option mode in agent arguments: \"Strict\"; allowed is observe, strict or off");
    }

    @Test
    void badValue_inASystemProperty_namesTheProperty() {
        systemProperties.setProperty("stallsight.mode", "on");
        assertRefused("")
                .hasMessage("bad value for option mode in system property stallsight.mode: \"on\";"
                        + " allowed is observe, strict or off");
    }

    @Test
    void badValue_inTheEnvironment_namesTheVariable() {
        assertRefused("", Map.of("STALLSIGHT_HTTP", "no"))
                .hasMessage("bad value for option http in environment variable STALLSIGHT_HTTP: \"no\";"
                        + " allowed is off or [host:]port");
    }

    @Test
    void badValue_inTheFile_namesTheFile() throws IOException {
        Files.writeString(folder.resolve("my.properties"), "mode=on\n");
        assertRefused("config=my.properties")
                .hasMessage("bad value for option mode in my.properties: \"on\"; allowed is observe, strict or off");
    }

    @Test
    void key_withoutValue_isRefused() {
        assertRefused("mode")
                .hasMessage("bad value for option mode in agent arguments: \"\"; allowed is observe, strict or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "65536", "-1", "localhost", "localhost:", "localhost:http", "8080:localhost"})
    void http_withoutAPort_isRefused(String value) {
        assertRefused("http=" + value)
                .hasMessage("bad value for option http in agent arguments: \"" + value
                        + "\"; allowed is off or [host:]port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "collector:4318", "ftp://collector", "http://", "http://a b"})
    void otlp_withoutAnHttpAddress_isRefused(String value) {
        assertRefused("otlp=" + value)
                .hasMessage("bad value for option otlp in agent arguments: \"" + value
                        + "\"; allowed is off or the address of a collector, such as http://localhost:4318");
    }

    @Test
    void listOfClasses_separatedBySpaces_isRefused() {
        assertRefused("allow=com.acme.Orders com.acme.Cache")
                .hasMessage("bad value for option allow in agent arguments: \"com.acme.Orders com.acme.Cache\";"
                        + " allowed is " + RULE_FORMS);
        assertRefused("packages=com.acme com.shop")
                .hasMessage("bad value for option packages in agent arguments: \"com.acme com.shop\";"
                        + " allowed is package names separated by ;");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"###", "com.shop.Orders#find()", "(((", "com.shop.*", "com/shop/Orders", "com.shop.Cache;#find"})
    void allow_thatNamesNoFrames_isRefusedWithTheRightForm(String value) {
        assertRefused("allow=" + value)
                .hasMessage(
                        "bad value for option allow in agent arguments: \"" + value + "\"; allowed is " + RULE_FORMS);
    }

    @Test
    void config_thatIsMissing_isRefused() {
        assertRefused("config=none.properties")
                .hasMessage("bad value for option config in agent arguments: \"none.properties\";"
                        + " allowed is a readable properties file");
    }

    @Test
    void config_thatIsAFolder_isRefused() throws IOException {
        Files.createDirectory(folder.resolve("conf"));
        assertRefused("config=conf").hasMessageEndingWith("\"conf\"; allowed is a readable properties file");
    }

    @Test
    void config_thatIsNoText_isRefused() throws IOException {
        Files.write(folder.resolve("my.properties"), "threads=Größe\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("config=my.properties").hasMessageEndingWith("allowed is a readable properties file");
    }

    @Test
    void config_withAMalformedEscape_isRefused() throws IOException {
        Files.writeString(folder.resolve("my.properties"), "catalog=c:\\users\\me\n");
        assertRefused("config=my.properties").hasMessageEndingWith("allowed is a readable properties file");
    }

    @Test
    void config_namedInAFile_isRefused() throws IOException {
        Files.writeString(folder.resolve("my.properties"), "config=other.properties\n");
        assertRefused("config=my.properties").hasMessageStartingWith("unknown option config in my.properties;");
    }

    @Test
    void catalog_thatIsMissing_isRefused() {
        assertRefused("catalog=none.json")
                .hasMessage("bad value for option catalog in agent arguments: \"none.json\";"
                        + " allowed is a readable catalog file");
    }

    @Test
    void catalog_thatIsAFolder_isRefused() throws IOException {
        Files.createDirectory(folder.resolve("conf"));
        assertRefused("catalog=conf").hasMessageEndingWith("\"conf\"; allowed is a readable catalog file");
    }
}
