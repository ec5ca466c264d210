package io.stallsight.it.lab;

import io.stallsight.it.lab.Verdicts.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often the agent reported each cause, for each way to stall a loop. */
final class Confusion {

    private final Map<Injected, Map<String, Integer>> counts = new EnumMap<>(Injected.class);
    private final Map<Injected, Integer> right = new EnumMap<>(Injected.class);
    private final Map<Injected, Integer> total = new EnumMap<>(Injected.class);
    private final List<Verdict> wrong = new ArrayList<>();
    private int blamed;

    void add(Verdict verdict) {
        Injected injected = verdict.truth().injected();
        counts.computeIfAbsent(injected, first -> new TreeMap<>()).merge(verdict.cause(), 1, Integer::sum);
        total.merge(injected, 1, Integer::sum);
        right.merge(injected, verdict.isRight() ? 1 : 0, Integer::sum);
        if (!verdict.isRight()) {
            wrong.add(verdict);
        }
        if (isBlamed(verdict)) {
            blamed++;
        }
    }

    /** Whether the agent blames the application's code for an act of the machine or the JVM. */
    static boolean isBlamed(Verdict verdict) {
        return verdict.truth().injected().isApplicationInnocent()
                && verdict.reported().filter(stall -> !stall.site().isEmpty()).isPresent();
    }

    List<Verdict> wrong() {
        return wrong;
    }

    int blamed() {
        return blamed;
    }

    long wrong(Injected injected) {
        return wrong.stream()
                .filter(verdict -> verdict.truth().injected() == injected)
                .count();
    }

    /** The number of stalls of this kind. */
    double share(Injected injected) {
        int of = total.getOrDefault(injected, 0);
        return of == 0 ? 1 : (double) right.getOrDefault(injected, 0) / of;
    }

    String markdown() {
        TreeSet<String> causes = new TreeSet<>();
        counts.values().forEach(row -> causes.addAll(row.keySet()));
        StringBuilder table = new StringBuilder("| injected \\ reported |");
        causes.forEach(cause -> table.append(' ').append(cause).append(" |"));
        table.append(" right |\n|---|")
                .append("---:|".repeat(causes.size() + 1))
                .append('\n');
        counts.forEach((injected, row) -> {
            table.append("| ").append(injected).append(" |");
            causes.forEach(cause -> {
                Integer count = row.get(cause);
                table.append(' ').append(count == null ? "" : count).append(" |");
            });
            table.append(String.format(" %.1f %% |%n", 100 * share(injected)));
        });
        return table.toString();
    }
}
