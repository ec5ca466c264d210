package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;

/**
 * By name, threads that a {@link ThreadRule} knows by class: a recording of the JVM alone has no classes of threads.
 *
 * @param name glob of the thread's name
 */
public record RecordedThreadRule(String name, String reason) implements Rule {

    public static RecordedThreadRule read(CatalogEntry entry) {
        return new RecordedThreadRule(entry.required("name"), entry.reason());
    }
}
