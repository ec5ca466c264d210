package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Which threads must not block, or may.
 *
 * @param className the thread's class, a superclass or an interface of it; null for any
 * @param name glob of the thread's name; null for any
 * @param role how the threads say at each moment what they do; null if they never change their role
 * @param duty what the threads must not do
 */
public record ThreadRule(
        @Nullable String className,
        @Nullable String name,
        @Nullable RoleRule role,
        Duty duty,
        String reason) implements Rule {

    /** Whether a thread has to answer at any moment. */
    public enum Duty {
        MUST_NOT_BLOCK,
        /** The thread may block, whatever other rules say about it. */
        MAY_BLOCK
    }

    public static ThreadRule read(CatalogEntry entry) {
        ThreadRule rule = new ThreadRule(
                entry.text("class"),
                entry.text("name"),
                RoleRule.read(entry),
                entry.flag("blocks", false) ? Duty.MAY_BLOCK : Duty.MUST_NOT_BLOCK,
                entry.reason());
        if (rule.className == null && rule.name == null) {
            throw entry.error("needs \"class\" or \"name\"");
        }
        return rule;
    }

    public boolean mayBlock() {
        return duty == Duty.MAY_BLOCK;
    }
}
