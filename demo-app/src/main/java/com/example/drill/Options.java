package com.example.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line: {@code --key=value}, where {@code --key} alone means true and an empty value means the default.
 *
 * @param service the shop's jar
 * @param agent Stallsight's jar; without it, the shop runs without an agent and nothing is flagged
 * @param work directory for the service's log and its JFR repository
 * @param java the {@code java} program that runs the service
 * @param port port of the service; 0 for any free port
 * @param once whether to end after the table
 * @param stopWithParent whether to end when the process that started the drill ends
 * @param phase how long each endpoint is driven
 * @param modes names of the modes to drive; empty for all
 * @param database JDBC URL; empty for the embedded database
 */
record Options(
        Path service,
        Optional<Path> agent,
        Path work,
        Path java,
        int port,
        boolean once,
        boolean stopWithParent,
        Duration phase,
        Set<String> modes,
        String database,
        String user,
        String password) {

    private static final List<String> KEYS = List.of(
            "service",
            "agent",
            "work",
            "java",
            "port",
            "once",
            "stop-with-parent",
            "seconds",
            "modes",
            "database",
            "user",
            "password");

    /** @throws IllegalArgumentException with one line for the user */
    static Options parse(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = argument.substring(Math.min(2, argument.length()), equals < 0 ? argument.length() : equals);
            if (!argument.startsWith("--") || !KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown argument " + argument + "; known: --" + String.join(", --", KEYS));
            }
            String value = equals < 0 ? "true" : argument.substring(equals + 1);
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        }
        return new Options(
                file("service", values.getOrDefault("service", "demo-app/target/demo-app.jar")),
                Optional.ofNullable(values.get("agent")).map(agent -> file("agent", agent)),
                Path.of(values.getOrDefault("work", "target/drill")).toAbsolutePath(),
                Path.of(values.getOrDefault(
                        "java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())),
                number("port", values.getOrDefault("port", "0")),
                Boolean.parseBoolean(values.getOrDefault("once", "false")),
                Boolean.parseBoolean(values.getOrDefault("stop-with-parent", "false")),
                Duration.ofSeconds(number("seconds", values.getOrDefault("seconds", "2"))),
                names(values.getOrDefault("modes", "")),
                values.getOrDefault("database", ""),
                values.getOrDefault("user", ""),
                values.getOrDefault("password", ""));
    }

    List<Mode> selectedModes() {
        return Mode.all().stream()
                .filter(mode -> modes.isEmpty() || modes.contains(mode.name()))
                .toList();
    }

    private static Path file(String key, String value) {
        Path path = Path.of(value).toAbsolutePath().normalize();
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("--" + key + ": no such file: " + path);
        }
        return path;
    }

    private static int number(String key, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + key + ": not a number: " + value);
        }
    }

    private static Set<String> names(String value) {
        if (value.isEmpty()) {
            return Set.of();
        }
        List<String> known = Mode.all().stream().map(Mode::name).toList();
        Set<String> names = Set.copyOf(Arrays.asList(value.split(",")));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "--modes: unknown mode " + name + "; known: " + String.join(", ", known));
            }
        }
        return names;
    }
}
