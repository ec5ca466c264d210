package io.stallsight.junit;

import io.stallsight.text.DurationText;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The settings of a run of tests. They come from system properties {@code stallsight.test.*}, then from
 * {@code stallsight.*} in {@code junit-platform.properties}, then from {@code stallsight.properties} (in the working
 * directory, or at the root of the class path; keys without {@code stallsight.}). Both files may have options of the
 * agent too.
 */
final class SuiteSettings {

    private static final String PREFIX = "stallsight.";
    private static final String TEST = "test.";

    /** The settings that exist, each with its default. */
    enum Key {
        ATTACH("attach", "true"),
        FAIL_ON_BLOCKING("failOnBlocking", "true"),
        FAIL_ON_STALL("failOnStall", "false"),
        THRESHOLD("threshold", "0"),
        KINDS("kinds", ""),
        WHEN("when", "end"),
        CONSOLE("console", "ignore"),
        PATIENCE("patience", "10s"),
        SUITE("suite", "report"),
        STALE_RULES("staleRules", "report"),
        ALLOW_FILE("allowFile", "stallsight-allow.txt"),
        BASELINE("baseline", "check"),
        BASELINE_FILE("baselineFile", "stallsight-baseline.txt");

        private final String key;
        private final String fallback;

        Key(String key, String fallback) {
            this.key = key;
            this.fallback = fallback;
        }

        /** As a system property. */
        String property() {
            return PREFIX + TEST + key;
        }
    }

    /** How the run treats something that belongs to no test. */
    enum Verdict {
        /** The summary shows it. */
        REPORT,
        /** The run fails besides. */
        FAIL
    }

    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> agentOptions = new TreeMap<>();

    private SuiteSettings() {}

    /** @throws SettingException if there is no such setting, or a file cannot be read */
    static SuiteSettings read(ClassLoader loader) {
        SuiteSettings settings = new SuiteSettings();
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith(PREFIX + TEST)) {
                settings.add(name.substring(PREFIX.length()), System.getProperty(name), "system property " + name);
            }
        }
        Properties platform = resource(loader, "junit-platform.properties");
        for (String name : platform.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.add(name.substring(PREFIX.length()), platform.getProperty(name), "junit-platform.properties");
            }
        }
        Path file = Path.of("stallsight.properties");
        Properties own = Files.isReadable(file) ? file(file) : resource(loader, "stallsight.properties");
        for (String name : own.stringPropertyNames()) {
            settings.add(name, own.getProperty(name), "stallsight.properties");
        }
        return settings;
    }

    private void add(String key, String value, String origin) {
        if (!key.startsWith(TEST)) {
            agentOptions.putIfAbsent(key, value.trim()); // the agent checks them
            return;
        }
        String known = key.substring(TEST.length());
        if (Arrays.stream(Key.values()).noneMatch(each -> each.key.equals(known))) {
            throw new SettingException(
                    "unknown option " + key + " in " + origin + ". Options are: "
                            + String.join(
                                    ", ",
                                    Arrays.stream(Key.values())
                                            .map(each -> TEST + each.key)
                                            .toList()),
                    key);
        }
        values.putIfAbsent(known, value.trim());
    }

    private static Properties resource(ClassLoader loader, String name) {
        Properties properties = new Properties();
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw SettingException.unreadable(name, e);
        }
        return properties;
    }

    private static Properties file(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw SettingException.unreadable(file.toString(), e);
        }
        return properties;
    }

    /** Threads that must not block, besides known loops: the agent's own option. */
    List<String> threads() {
        return split(agentOptions.getOrDefault("threads", ""));
    }

    /** Options of the agent, for tests that attach it. */
    Map<String, String> agentOptions() {
        return agentOptions;
    }

    String text(Key key) {
        String value = values.getOrDefault(key.key, key.fallback);
        return value.isEmpty() ? key.fallback : value;
    }

    boolean flag(Key key) {
        return switch (text(key)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(key, "true or false");
        };
    }

    List<String> list(Key key) {
        return split(text(key));
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split("[;,]")) {
            if (!part.isBlank()) {
                parts.add(part.trim());
            }
        }
        return parts;
    }

    Duration duration(Key key) {
        try {
            return Duration.ofNanos(DurationText.parse(text(key)));
        } catch (IllegalArgumentException e) {
            throw bad(key, DurationText.FORMS);
        }
    }

    /** One of the words of an enum, in lower case. */
    <E extends Enum<E>> E word(Key key, Class<E> type) {
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text(key))) {
                return each;
            }
        }
        throw bad(
                key,
                String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .toList()));
    }

    private SettingException bad(Key key, String allowed) {
        return SettingException.badValue(key.property(), text(key), allowed);
    }
}
