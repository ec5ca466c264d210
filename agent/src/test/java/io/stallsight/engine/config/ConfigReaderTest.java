package io.stallsight.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stallsight.frame.FramePattern;
import io.stallsight.text.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources of values, and their precedence. The messages about wrong values: {@link ConfigReaderMessagesTest}. */
class ConfigReaderTest {

    @TempDir
    Path folder;

    private final Properties systemProperties = new Properties();

    private Config read(String arguments, Map<String, String> environment) {
        return ConfigReader.read(arguments, systemProperties, environment, folder);
    }

    private Config read(String arguments) {
        return read(arguments, Map.of());
    }

    @Test
    void read_withoutAnything_givesTheDefaults() {
        assertThat(read(null))
                .isEqualTo(new Config(
                        Mode.OBSERVE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        1_000_000L,
                        100_000_000L,
                        1_000_000_000L,
                        100,
                        1_000_000_000L,
                        null,
                        null,
                        null,
                        Detail.SHAPE,
                        BlockHoundCalls.TODAY,
                        null,
                        ServedRequests.ON,
                        null,
                        TraceEvents.ON,
                        read(null).values()));
    }

    @Test
    void traceUrl_isATemplate() {
        assertThat(read("trace.url=https://traces.example.com/{traceId}?span={spanId}")
                        .traceUrl())
                .isEqualTo("https://traces.example.com/{traceId}?span={spanId}");
    }

    @Test
    void traceEvents_areOnOrOff() {
        assertThat(read("trace.events=off").traceEvents()).isEqualTo(TraceEvents.OFF);
    }

    @Test
    void cache_isAFolderOrNothing() {
        assertThat(read(null).cache()).isNull();
        assertThat(read("cache=off").cache()).isNull();
        assertThat(read("cache=sub").cache()).isEqualTo(folder.resolve("sub"));
        assertThat(read("cache=/var/cache/x").cache()).isEqualTo(Path.of("/var/cache/x"));
        Path ofUser = read("cache=auto").cache();
        assertThat(ofUser == null || ofUser.endsWith("stallsight") && ofUser.isAbsolute())
                .as("%s", ofUser)
                .isTrue();
    }

    @Test
    void values_haveTheTextOfEveryOption() {
        assertThat(read("threshold.stall=50ms,threads=a;b").values())
                .containsEntry("threshold.stall", "50ms")
                .containsEntry("threads", "a;b")
                .containsEntry("mode", "observe")
                .hasSize(Option.all().size());
    }

    @Test
    void token_isShownNowhere() {
        assertThat(read("http.token=0123456789abcdef").httpToken()).isEqualTo(new Secret("0123456789abcdef"));
        assertThat(read("http.token=0123456789abcdef").toString()).doesNotContain("0123456789abcdef");
        assertThat(read("http.token=0123456789abcdef").values()).containsEntry("http.token", "(secret)");
        assertThatThrownBy(() -> read("http.token=0123456789"))
                .hasMessageContaining("http.token")
                .hasMessageNotContaining("0123456789");
    }

    @Test
    void readOne_isAsStrictAsRead() {
        assertThat(ConfigReader.readOne("threshold.stall", "50ms", "request").thresholdStall())
                .isEqualTo(50_000_000L);
        assertThatThrownBy(() -> ConfigReader.readOne("threshold.stal", "50ms", "request"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("did you mean threshold.stall?");
        assertThatThrownBy(() -> ConfigReader.readOne("threshold.stall", "50", "request"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bad value for option threshold.stall in request");
    }

    @Test
    void read_fromAllSources_takesEachKeyFromTheFirstThatHasIt() throws IOException {
        Files.writeString(
                folder.resolve("stallsight.properties"),
                "mode=strict\nthreshold.blocking=1ms\nthreshold.stall=1ms\ninterval=1s\nhttp=8001\n");
        systemProperties.setProperty("stallsight.threshold.stall", "2ms");
        systemProperties.setProperty("stallsight.interval", "2s");
        Map<String, String> environment = Map.of(
                "STALLSIGHT_THRESHOLD_BLOCKING", "3ms",
                "STALLSIGHT_THRESHOLD_STALL", "3ms",
                "STALLSIGHT_INTERVAL", "3s");

        Config config = read("interval=4s,config=stallsight.properties", environment);

        assertThat(config.interval()).as("arguments").isEqualTo(4_000_000_000L);
        assertThat(config.thresholdStall()).as("system property").isEqualTo(2_000_000L);
        assertThat(config.thresholdBlocking()).as("environment").isEqualTo(3_000_000L);
        assertThat(config.http()).as("file").isEqualTo("8001");
        assertThat(config.mode()).as("file").isEqualTo(Mode.STRICT);
        assertThat(config.threads()).as("defaults").isEmpty();
    }

    @Test
    void config_namedByASystemProperty_isRead() throws IOException {
        Files.writeString(folder.resolve("my.properties"), "mode=off\n");
        systemProperties.setProperty("stallsight.config", "my.properties");
        assertThat(read("").mode()).isEqualTo(Mode.OFF);
    }

    @Test
    void config_namedByTheEnvironment_isRead() throws IOException {
        Path file = Files.writeString(folder.resolve("my.properties"), "mode=off\n");
        assertThat(read("", Map.of("STALLSIGHT_CONFIG", file.toString())).mode())
                .isEqualTo(Mode.OFF);
    }

    @Test
    void config_withCharactersOutsideOfLatin1_isReadAsUtf8() throws IOException {
        Files.writeString(folder.resolve("my.properties"), "threads=Schleife-Größe-*\n");
        assertThat(read("config=my.properties").threads()).containsExactly(new Glob("Schleife-Größe-*"));
    }

    @Test
    void arguments_withSpacesAndEmptyPairs_areTrimmed() {
        Config config = read(" mode = strict ,, http = 8080 ,");
        assertThat(config.mode()).isEqualTo(Mode.STRICT);
        assertThat(config.http()).isEqualTo("8080");
    }

    @Test
    void arguments_valueWithEquals_isKeptWhole() {
        assertThat(read("threads=pool=1").threads()).containsExactly(new Glob("pool=1"));
    }

    @Test
    void lists_areSeparatedBySemicolons() {
        Config config = read("threads=loop-*; my loop ;;io-?,threads.exclude=loop-9,packages=com.acme;com.shop.**,"
                + "allow=com.acme.Orders#find;com.acme.Cache;com.acme.boot.**");
        assertThat(config.threads()).containsExactly(new Glob("loop-*"), new Glob("my loop"), new Glob("io-?"));
        assertThat(config.threadsExclude()).containsExactly(new Glob("loop-9"));
        assertThat(config.packages()).containsExactly("com.acme", "com.shop.**");
        assertThat(config.allow())
                .extracting(FramePattern::text)
                .containsExactly("com.acme.Orders#find", "com.acme.Cache", "com.acme.boot.**");
    }

    @Test
    void lists_thatAreEmpty_replaceWhatALaterSourceSays() {
        systemProperties.setProperty("stallsight.threads", "loop-*");
        assertThat(read("threads=").threads()).isEmpty();
    }

    @Test
    void catalog_thatIsThere_isResolvedInTheBaseFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("my.json"), "{}");
        assertThat(read("catalog=my.json").catalog()).isEqualTo(file);
    }

    @Test
    void thresholdFanOut_takesANumber() {
        assertThat(read("threshold.fanout=1").thresholdFanOut()).isEqualTo(1);
        assertThat(read("threshold.fanout=1000000").thresholdFanOut()).isEqualTo(1_000_000);
    }

    @Test
    void http_takesPortOrHostAndPort() {
        assertThat(read("http=off").http()).isNull();
        assertThat(read("http=0").http()).isEqualTo("0");
        assertThat(read("http=65535").http()).isEqualTo("65535");
        assertThat(read("http=0.0.0.0:9090").http()).isEqualTo("0.0.0.0:9090");
        assertThat(read("http=[::1]:9090").http()).isEqualTo("[::1]:9090");
    }

    @Test
    void otherPeoplesNames_areIgnored() {
        systemProperties.setProperty("stallsightly.mode", "nonsense");
        systemProperties.setProperty("mode", "nonsense");
        Map<String, String> environment = Map.of("MODE", "nonsense", "STALLSIGHTMODE", "nonsense");
        assertThat(read("", environment).mode()).isEqualTo(Mode.OBSERVE);
    }
}
