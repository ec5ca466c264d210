package io.stallsight.engine.catalog.rule;

/**
 * A package of a catalogued library: its frames are never the site that is blamed.
 *
 * @param prefix of class names, with its final dot
 */
public record LibraryRule(String prefix) implements Rule {

    public static LibraryRule of(String packages) {
        return new LibraryRule(packages.endsWith("**") ? packages.substring(0, packages.length() - 2) : packages);
    }
}
