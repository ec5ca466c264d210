package io.stallsight.engine.catalog.rule;

import io.stallsight.engine.catalog.entry.CatalogEntry;

/**
 * Integrations for BlockHound.
 *
 * @param name glob of the names of their classes
 * @param predicates whether their predicates of threads count
 */
public record IntegrationRule(String name, Predicates predicates) implements Rule {

    /** What to do with the predicates of an integration. */
    public enum Predicates {
        FOLLOW,
        IGNORE
    }

    public static IntegrationRule read(CatalogEntry entry) {
        return new IntegrationRule(
                entry.required("name"), entry.flag("predicates", true) ? Predicates.FOLLOW : Predicates.IGNORE);
    }
}
