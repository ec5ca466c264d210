package io.stallsight.engine.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task that waits in a queue is linked to who waits for its result.
 *
 * @param className of the task, its future, or what is between
 * @param leads fields that lead to the next
 * @param runner field of a task that has the thread which runs it, or null
 */
public record FutureRule(
        String className, List<String> leads, @Nullable String runner) {}
