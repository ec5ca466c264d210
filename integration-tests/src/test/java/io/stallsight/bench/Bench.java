package io.stallsight.bench;

import io.stallsight.it.lab.Corpus;
import java.util.Arrays;
import java.util.List;

/**
 * {@code micro}, {@code macro}, {@code cost}, {@code lab} or {@code requests}, then {@code --key=value} as in
 * {@link BenchOptions}.
 */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        String which = arguments.length == 0 ? "" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        switch (which) {
            case "micro" -> new Micro(BenchOptions.parse(rest)).run();
            case "macro" -> new Macro(BenchOptions.parse(rest)).run();
            case "cost" -> new Cost(BenchOptions.parse(rest)).run();
            case "lab" -> {
                BenchOptions options = BenchOptions.parse(rest);
                int each = options.rounds() * (options.quick() ? 5 : 67);
                if (!Corpus.run(each, options.only(), options.output())) {
                    System.exit(1);
                }
            }
            case "requests" -> {
                if (!new RequestLab(BenchOptions.parse(rest)).run()) {
                    System.exit(1);
                }
            }
            default -> {
                System.err.println("unknown benchmark '" + which + "': micro, macro, cost, lab or requests");
                System.exit(2);
            }
        }
    }
}
