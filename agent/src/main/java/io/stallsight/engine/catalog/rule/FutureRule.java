package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a task that waits in a queue leads to the thread that waits for its result, and how far a result is.
 *
 * @param className of the task, its future, or an object between them
 * @param leads fields that lead to the next object
 * @param runner field of a task that has the thread which runs it; null if there is none
 * @param done the member that is true, not 0 or not null once a result is complete; null if it is not known
 * @param pending the member that is the same while it is not
 */
public record FutureRule(
        String className,
        List<String> leads,
        @Nullable String runner,
        Set<Trait> traits,
        @Nullable String done,
        @Nullable String pending)
        implements Rule {

    /** What else is known of the class. */
    public enum Trait {
        /** An object with a field of this interface is there to call it: a queued task runs its {@code Runnable}. */
        CALLED("called"),
        /** The loop that the object belongs to completes everything that the object completes. */
        OWNER("owner"),
        /** The object is only a part of what is waited for: a latch's counter. */
        PART("part"),
        /** It completes what it leads to only if nothing else does so before. */
        EITHER("either");

        private final String key;

        Trait(String key) {
            this.key = key;
        }
    }

    public FutureRule {
        traits = Set.copyOf(traits);
    }

    public static FutureRule read(CatalogEntry entry) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : Trait.values()) {
            if (entry.flag(trait.key, false)) {
                traits.add(trait);
            }
        }
        return new FutureRule(
                entry.required("class"),
                entry.texts("leads"),
                entry.text("runner"),
                traits,
                entry.text("done"),
                entry.text("pending"));
    }
}
