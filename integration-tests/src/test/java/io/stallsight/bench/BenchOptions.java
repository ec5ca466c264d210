package io.stallsight.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of the command line.
 *
 * @param rounds the number of rounds of measurements
 * @param quick short measurements, to see that it works; the numbers mean nothing
 * @param only names of calls ({@code micro}) parts ({@code macro}, {@code cost}) or frameworks ({@code requests});
 *     empty for all
 * @param output directory for the tables
 * @param service the demo's fat jar
 */
record BenchOptions(int rounds, boolean quick, List<String> only, Path output, Path service) {

    private static final Set<String> KEYS = Set.of("rounds", "quick", "only", "output", "service");

    /** Arguments of the form {@code --key=value}; an empty value counts as absent. */
    static BenchOptions parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = equals < 0 ? "" : argument.substring(0, equals).replaceFirst("^--", "");
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown argument '" + argument + "': --<key>=<value> with a key of " + KEYS);
            }
            if (equals + 1 < argument.length()) {
                values.put(key, argument.substring(equals + 1));
            }
        }
        boolean quick = Boolean.parseBoolean(values.getOrDefault("quick", "false"));
        return new BenchOptions(
                Integer.parseInt(values.getOrDefault("rounds", quick ? "1" : "3")),
                quick,
                values.containsKey("only") ? List.of(values.get("only").split(",")) : List.of(),
                Path.of(values.getOrDefault("output", "target/bench")),
                Path.of(values.getOrDefault("service", "../demo-app/target/demo-app.jar")));
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }
}
