package io.stallsight.engine.catalog;

/**
 * Integrations for BlockHound.
 *
 * @param name glob of the names of their classes
 * @param predicates whether their predicates of threads count
 */
record IntegrationRule(String name, Predicates predicates) implements Rule {

    /** What to do with the predicates of an integration. */
    enum Predicates {
        FOLLOW,
        IGNORE
    }

    static IntegrationRule read(CatalogEntry entry) {
        return new IntegrationRule(
                entry.required("name"), entry.flag("predicates", true) ? Predicates.FOLLOW : Predicates.IGNORE);
    }
}
