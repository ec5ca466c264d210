package io.stallsight.engine.fact;

import io.stallsight.frame.Frames;
import io.stallsight.text.CountText;
import io.stallsight.text.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says in one line what speaks for the cause of a stall: how its time divides, samples, tasks, the owner of a lock. */
final class StallEvidence {

    /** A shorter part is not worth naming. */
    private static final long MIN_PART = 1_000_000L;

    private StallEvidence() {}

    static String of(Stall stall) {
        List<String> clauses = new ArrayList<>();
        addIfAny(clauses, split(stall.split()));
        if (stall.throttled() > 0 && stall.cause() == Cause.NOT_SCHEDULED) {
            clauses.add("the container was throttled for " + DurationText.of(stall.throttled()));
        }
        addIfAny(clauses, samples(stall));
        if (stall.cause() == Cause.MANY_SMALL_TASKS) {
            clauses.add(smallTasks(stall));
        }
        if (stall.owner() != null) {
            clauses.add("the lock was held by " + stall.owner()
                    + (stall.ownerSite() == null ? "" : " in " + Frames.describe(stall.ownerSite())));
        }
        if (stall.reduced()) {
            clauses.add("sampling was reduced");
        }
        addIfAny(clauses, stall.detail());
        return String.join("; ", clauses);
    }

    private static void addIfAny(List<String> clauses, String clause) {
        if (!clause.isEmpty()) {
            clauses.add(clause);
        }
    }

    private static String split(Map<Cause, Long> parts) {
        List<String> largestFirst = parts.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
                .filter(part -> part.getValue() >= MIN_PART)
                .map(part -> part.getKey() + " " + DurationText.of(part.getValue()))
                .toList();
        return String.join(", ", largestFirst);
    }

    private static String samples(Stall stall) {
        if (stall.samples() == 0 || !stall.cause().hasSite()) {
            return "";
        }
        if (stall.site() != null) {
            return stall.samplesAtSite() + " of " + CountText.of(stall.samples(), "sample", "samples") + " in "
                    + Frames.describe(stall.site());
        }
        return stall.cause() == Cause.CPU
                ? "no single culprit in " + CountText.of(stall.samples(), "sample", "samples")
                : "";
    }

    private static String smallTasks(Stall stall) {
        String mostly = stall.topTasks().isEmpty() ? "" : ", mostly " + String.join(", ", stall.topTasks());
        String tasks = "many tasks";
        if (stall.tasks() > 0) {
            long each = stall.part(Cause.MANY_SMALL_TASKS) / stall.tasks();
            tasks = CountText.of(stall.tasks(), "task", "tasks") + " of " + DurationText.of(each) + " each";
        }
        return tasks + mostly + ": each is innocent alone";
    }
}
