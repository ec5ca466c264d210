package io.stallsight.engine.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The texts of the options, from all places that can have one. The first source that has a text for an option decides;
 * so sources are added in the order of their precedence. A key that is no option is an error in every source.
 */
final class Sources {

    private static final String PROPERTY_PREFIX = "stallsight.";
    private static final String VARIABLE_PREFIX = "STALLSIGHT_";

    /** Test support reads keys that begin like this, from the same system properties and the same file. */
    private static final String TEST_SUPPORT = "test.";

    private static final String ARGUMENTS = "agent arguments";

    /** @param origin the source, for messages */
    record Setting(String text, String origin) {}

    private final Map<Option<?>, Setting> settings = new HashMap<>();

    /** The text that decides, or the default. */
    Setting get(Option<?> option) {
        Setting setting = settings.get(option);
        return setting == null ? new Setting(option.defaultText(), "defaults") : setting;
    }

    /**
     * @param origin the source, for messages
     * @throws ConfigException if there is no such option
     */
    void add(String key, String text, String origin) {
        Option<?> option = Option.of(key);
        if (option == null) {
            throw ConfigException.unknownKey(key, origin);
        }
        add(option, text, origin);
    }

    private void add(Option<?> option, String text, String origin) {
        settings.putIfAbsent(option, new Setting(text.trim(), origin));
    }

    /** {@code key=value,key=value}. */
    void addArguments(String arguments) {
        for (String pair : arguments.split(",")) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
            Option<?> option = Option.of(key);
            if (option != null && equals < 0) {
                throw ConfigException.badValue(option, "", ARGUMENTS);
            }
            add(key, pair.substring(equals + 1), ARGUMENTS);
        }
    }

    void addSystemProperties(Properties properties) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PROPERTY_PREFIX) && !name.startsWith(PROPERTY_PREFIX + TEST_SUPPORT)) {
                String text = properties.getProperty(name);
                add(name.substring(PROPERTY_PREFIX.length()), text, "system property " + name);
            }
        }
    }

    void addEnvironment(Map<String, String> environment) {
        Map<String, Option<?>> variables = new HashMap<>();
        Option.all().forEach(option -> variables.put(option.environmentVariable(), option));
        List<String> keys = Option.all().stream().map(Option::key).toList();
        environment.forEach((name, text) -> {
            Option<?> option = variables.get(name);
            String origin = "environment variable " + name;
            if (option != null) {
                add(option, text, origin);
            } else if (name.startsWith(VARIABLE_PREFIX)) {
                String key = name.substring(VARIABLE_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                // others may use the prefix: Kubernetes sets STALLSIGHT_SERVICE_HOST for a service of this name
                if (Likeness.isTypingError(key, keys)) {
                    throw ConfigException.unknownKey(key, origin);
                }
            }
        });
    }

    /** The file that option {@code config} names, if any. */
    void addFile(Path baseFolder) {
        Setting config = get(Option.CONFIG);
        if (config.text.isEmpty()) {
            return;
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(baseFolder.resolve(config.text), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw ConfigException.badValue(Option.CONFIG, config.text, config.origin);
        }
        for (String key : properties.stringPropertyNames()) {
            if (key.equals(Option.CONFIG.key())) {
                throw ConfigException.unknownKey(key, config.text);
            }
            if (!key.startsWith(TEST_SUPPORT)) {
                add(key, properties.getProperty(key), config.text);
            }
        }
    }
}
