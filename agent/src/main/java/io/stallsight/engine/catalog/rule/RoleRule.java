package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * How a thread says at each moment what it does, if it changes its role: it works for others, is lent to work that may
 * block, or waits for work.
 *
 * @param predicate {@code class#method} of a static method from Thread to boolean: the thread must not block; or null
 * @param lent path from the thread to a boolean that is true while the thread is lent to work that may block, or null
 * @param working path from the thread to a boolean that is false while the thread waits for work, or null
 */
public record RoleRule(
        @Nullable String predicate,
        @Nullable String lent,
        @Nullable String working) {

    /** Null if the threads of the entry never change their role. */
    static @Nullable RoleRule read(CatalogEntry entry) {
        RoleRule rule = new RoleRule(entry.text("predicate"), entry.text("lent"), entry.text("working"));
        return rule.predicate == null && rule.lent == null && rule.working == null ? null : rule;
    }
}
