package io.stallsight.engine.config;

import io.stallsight.frame.FramePattern;
import io.stallsight.text.DurationText;
import io.stallsight.text.Glob;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Config} together: agent arguments, then system properties, then environment, then the file named by
 * {@code config}, then defaults.
 */
public final class ConfigReader {

    /** Keys that begin so are read by the test support, which shares the agent's file. */
    private static final String TEST_SUPPORT = "test.";

    /** Shorter ones could be guessed. */
    private static final int LEAST_TOKEN = 16;

    private record Value(String text, String origin) {}

    private final Map<Option, Value> values = new EnumMap<>(Option.class);

    private ConfigReader() {}

    /**
     * @param arguments what follows {@code =} in {@code -javaagent:stallsight.jar=}, or null
     * @param baseFolder what relative files in the arguments are relative to
     * @throws ConfigException with the one line to be shown
     */
    public static Config read(
            @Nullable String arguments, Properties systemProperties, Map<String, String> environment, Path baseFolder) {
        ConfigReader reader = new ConfigReader();
        reader.addArguments(arguments == null ? "" : arguments);
        reader.addSystemProperties(systemProperties);
        reader.addEnvironment(environment);
        reader.addFile(baseFolder);
        return reader.build(baseFolder);
    }

    /**
     * Defaults, but for one option.
     *
     * @param origin who says so, for the message
     * @throws ConfigException with the one line to be shown
     */
    public static Config readOne(String key, String value, String origin) {
        Option option = Option.of(key);
        if (option == null) {
            throw ConfigException.unknownKey(key, origin);
        }
        ConfigReader reader = new ConfigReader();
        reader.values.put(option, new Value(value.trim(), origin));
        return reader.build(Path.of(""));
    }

    private void addArguments(String arguments) {
        for (String pair : arguments.split(",")) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = (equals < 0 ? pair : pair.substring(0, equals)).trim();
            Option option = Option.of(key);
            if (option == null) {
                throw ConfigException.unknownKey(key, "agent arguments");
            }
            if (equals < 0) {
                throw ConfigException.badValue(option, "", "agent arguments");
            }
            values.putIfAbsent(option, new Value(pair.substring(equals + 1).trim(), "agent arguments"));
        }
    }

    private void addSystemProperties(Properties properties) {
        for (Option option : Option.values()) {
            String text = properties.getProperty(option.systemProperty());
            if (text != null) {
                values.putIfAbsent(option, new Value(text.trim(), "system property " + option.systemProperty()));
            }
        }
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("stallsight.")
                    && !name.startsWith("stallsight." + TEST_SUPPORT)
                    && Option.of(name.substring("stallsight.".length())) == null) {
                throw ConfigException.unknownKey(name.substring("stallsight.".length()), "system property " + name);
            }
        }
    }

    private void addEnvironment(Map<String, String> environment) {
        for (Option option : Option.values()) {
            String text = environment.get(option.environmentVariable());
            if (text != null) {
                values.putIfAbsent(
                        option, new Value(text.trim(), "environment variable " + option.environmentVariable()));
            }
        }
        for (String name : environment.keySet()) {
            if (!name.startsWith("STALLSIGHT_") || isVariableOfAnOption(name)) {
                continue;
            }
            String key = name.substring("STALLSIGHT_".length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            // others may use the prefix: Kubernetes sets STALLSIGHT_SERVICE_HOST for a service of this name
            if (Option.isTypingError(key)) {
                throw ConfigException.unknownKey(key, "environment variable " + name);
            }
        }
    }

    private static boolean isVariableOfAnOption(String name) {
        for (Option option : Option.values()) {
            if (option.environmentVariable().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void addFile(Path baseFolder) {
        Value config = values.get(Option.CONFIG);
        if (config == null || config.text.isEmpty()) {
            return;
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(baseFolder.resolve(config.text), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw ConfigException.badValue(Option.CONFIG, config.text, config.origin);
        }
        for (String key : properties.stringPropertyNames()) {
            if (key.startsWith(TEST_SUPPORT)) {
                continue;
            }
            Option option = Option.of(key);
            if (option == null || option == Option.CONFIG) {
                throw ConfigException.unknownKey(key, config.text);
            }
            values.putIfAbsent(option, new Value(properties.getProperty(key).trim(), config.text));
        }
    }

    private Config build(Path baseFolder) {
        return new Config(
                mode(),
                globs(Option.THREADS),
                globs(Option.THREADS_EXCLUDE),
                list(Option.PACKAGES),
                frames(Option.ALLOW),
                catalog(baseFolder),
                duration(Option.THRESHOLD_BLOCKING, 0),
                duration(Option.THRESHOLD_STALL, TimeUnit.MILLISECONDS.toNanos(1)),
                duration(Option.THRESHOLD_POOL, TimeUnit.MILLISECONDS.toNanos(100)),
                number(Option.THRESHOLD_FANOUT, 1, 1_000_000),
                duration(Option.INTERVAL, TimeUnit.MILLISECONDS.toNanos(100)),
                http(),
                httpToken(),
                otlp(),
                detail(),
                blockhound(),
                texts());
    }

    private Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Option option : Option.values()) {
            String text = value(option).text;
            texts.put(option.key(), option.isSecret() && !text.isEmpty() ? "(secret)" : text);
        }
        return Collections.unmodifiableMap(texts);
    }

    private Value value(Option option) {
        Value value = values.get(option);
        return value == null ? new Value(option.defaultValue(), "defaults") : value;
    }

    private ConfigException bad(Option option) {
        Value value = value(option);
        return ConfigException.badValue(option, value.text, value.origin);
    }

    private Mode mode() {
        return switch (value(Option.MODE).text) {
            case "observe" -> Mode.OBSERVE;
            case "strict" -> Mode.STRICT;
            case "off" -> Mode.OFF;
            default -> throw bad(Option.MODE);
        };
    }

    private @Nullable URI otlp() {
        String text = value(Option.OTLP).text;
        if (text.equals("off")) {
            return null;
        }
        try {
            URI address = new URI(text);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (http && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw bad(Option.OTLP);
    }

    private Detail detail() {
        return switch (value(Option.DETAIL).text) {
            case "shape" -> Detail.SHAPE;
            case "full" -> Detail.FULL;
            default -> throw bad(Option.DETAIL);
        };
    }

    private BlockHoundCalls blockhound() {
        return switch (value(Option.BLOCKHOUND).text) {
            case "today" -> BlockHoundCalls.TODAY;
            case "all" -> BlockHoundCalls.ALL;
            case "off" -> BlockHoundCalls.OFF;
            default -> throw bad(Option.BLOCKHOUND);
        };
    }

    private List<String> list(Option option) {
        List<String> list = new ArrayList<>();
        for (String element : value(option).text.split(";")) {
            String trimmed = element.trim();
            if (!trimmed.isEmpty()) {
                if (option == Option.PACKAGES && trimmed.indexOf(' ') >= 0) {
                    throw bad(option);
                }
                list.add(trimmed);
            }
        }
        return list;
    }

    private List<Glob> globs(Option option) {
        List<Glob> globs = new ArrayList<>();
        for (String pattern : list(option)) {
            globs.add(new Glob(pattern));
        }
        return globs;
    }

    private List<FramePattern> frames(Option option) {
        List<FramePattern> frames = new ArrayList<>();
        for (String text : list(option)) {
            try {
                frames.add(FramePattern.parse(text));
            } catch (IllegalArgumentException e) {
                throw bad(option);
            }
        }
        return frames;
    }

    private @Nullable Path catalog(Path baseFolder) {
        String text = value(Option.CATALOG).text;
        if (text.isEmpty()) {
            return null;
        }
        try {
            Path file = baseFolder.resolve(text);
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw bad(Option.CATALOG);
    }

    private @Nullable String http() {
        String text = value(Option.HTTP).text;
        if (text.equals("off")) {
            return null;
        }
        try {
            int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            if (port >= 0 && port <= 65535) {
                return text;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad(Option.HTTP);
    }

    private @Nullable Secret httpToken() {
        String text = value(Option.HTTP_TOKEN).text;
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() < LEAST_TOKEN) {
            throw bad(Option.HTTP_TOKEN);
        }
        return new Secret(text);
    }

    private int number(Option option, int least, int most) {
        try {
            int number = Integer.parseInt(value(option).text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad(option);
    }

    private long duration(Option option, long least) {
        try {
            long nanos = DurationText.parse(value(option).text);
            if (nanos >= least) {
                return nanos;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw bad(option);
    }
}
