package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;
import io.stallsight.text.Glob;

/**
 * Names of threads with a part that the library makes up anew in each run.
 *
 * @param begins what stands before that part
 * @param madeUp what the part looks like; another part is a name that a person gave
 * @param until what follows it
 */
public record MadeUpNameRule(String begins, Glob madeUp, String until) implements Rule {

    public static MadeUpNameRule read(CatalogEntry entry) {
        return new MadeUpNameRule(
                entry.required("begins"), new Glob(entry.required("madeUp")), entry.required("until"));
    }

    /** The name of a thread with that part folded to {@code #}, or as it is. */
    public String fold(String threadName) {
        if (!threadName.startsWith(begins)) {
            return threadName;
        }
        int end = threadName.indexOf(until, begins.length());
        return end > 0 && madeUp.matches(threadName.substring(begins.length(), end))
                ? begins + "#" + threadName.substring(end)
                : threadName;
    }
}
