package io.stallsight.engine.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Config} together: agent arguments, then system properties, then environment, then the file named by
 * {@code config}, then defaults.
 */
public final class ConfigReader {

    private final Sources sources;
    private final Path baseFolder;

    private ConfigReader(Sources sources, Path baseFolder) {
        this.sources = sources;
        this.baseFolder = baseFolder;
    }

    /**
     * @param arguments what follows {@code =} in {@code -javaagent:stallsight.jar=}, or null
     * @param baseFolder what relative files in the arguments are relative to
     * @throws ConfigException with the one line to be shown
     */
    public static Config read(
            @Nullable String arguments, Properties systemProperties, Map<String, String> environment, Path baseFolder) {
        Sources sources = new Sources();
        sources.addArguments(arguments == null ? "" : arguments);
        sources.addSystemProperties(systemProperties);
        sources.addEnvironment(environment);
        sources.addFile(baseFolder);
        return new ConfigReader(sources, baseFolder).build();
    }

    /**
     * Defaults, but for one option.
     *
     * @param origin the source of the value, for the message
     * @throws ConfigException with the one line to be shown
     */
    public static Config readOne(String key, String value, String origin) {
        Sources sources = new Sources();
        sources.add(key, value, origin);
        return new ConfigReader(sources, Path.of("")).build();
    }

    private Config build() {
        return new Config(
                value(Option.MODE),
                value(Option.THREADS),
                value(Option.THREADS_EXCLUDE),
                value(Option.PACKAGES),
                value(Option.ALLOW),
                value(Option.CATALOG).orElse(null),
                value(Option.THRESHOLD_BLOCKING),
                value(Option.THRESHOLD_STALL),
                value(Option.THRESHOLD_POOL),
                value(Option.THRESHOLD_FANOUT),
                value(Option.INTERVAL),
                value(Option.HTTP).orElse(null),
                value(Option.HTTP_TOKEN).orElse(null),
                value(Option.OTLP).orElse(null),
                value(Option.DETAIL),
                value(Option.BLOCKHOUND),
                value(Option.CACHE).orElse(null),
                value(Option.REQUESTS),
                value(Option.TRACE_URL).orElse(null),
                value(Option.TRACE_EVENTS),
                texts());
    }

    private <T> T value(Option<T> option) {
        Sources.Setting setting = sources.get(option);
        try {
            return option.type().reader().read(setting.text(), baseFolder);
        } catch (IllegalArgumentException e) {
            throw ConfigException.badValue(option, setting.text(), setting.origin());
        }
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Option<?> option : Option.all()) {
            String text = sources.get(option).text();
            texts.put(option.key(), option.type().isSecret() && !text.isEmpty() ? "(secret)" : text);
        }
        return Collections.unmodifiableMap(texts);
    }
}
