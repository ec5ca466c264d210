package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task that waits in a queue leads to the thread that waits for its result.
 *
 * @param className of the task, its future, or an object between them
 * @param leads fields that lead to the next object
 * @param runner field of a task that has the thread which runs it; null if there is none
 */
public record FutureRule(
        String className, List<String> leads, @Nullable String runner) implements Rule {

    public static FutureRule read(CatalogEntry entry) {
        return new FutureRule(entry.required("class"), entry.texts("leads"), entry.text("runner"));
    }
}
