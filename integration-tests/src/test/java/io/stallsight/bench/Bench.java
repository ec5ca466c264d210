package io.stallsight.bench;

import java.util.Arrays;
import java.util.List;

/** {@code micro} or {@code macro}, then {@code --key=value} as in {@link BenchOptions}. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String which = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (which) {
            case "micro" -> new Micro(BenchOptions.parse(rest)).run();
            case "macro" -> new Macro(BenchOptions.parse(rest)).run();
            default -> {
                System.err.println("unknown benchmark '" + which + "': micro or macro");
                System.exit(2);
            }
        }
    }
}
