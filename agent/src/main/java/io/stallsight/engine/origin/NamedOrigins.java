package io.stallsight.engine.origin;

import java.util.function.Predicate;

/**
 * Tells whose code a class is by its name and that of the main class: a recording has no places of classes. Immutable.
 */
public final class NamedOrigins {

    private final String root;
    private final Predicate<String> catalogued;

    /**
     * @param mainClass empty if unknown; that of a library says nothing
     * @param catalogued whether a class name is that of a catalogued library or of the JDK
     */
    public NamedOrigins(String mainClass, Predicate<String> catalogued) {
        this.catalogued = catalogued;
        this.root = catalogued.test(mainClass) ? "" : PackageRoot.ofClass(mainClass);
    }

    /** Whose code the class is. */
    public Origin of(String className) {
        if (root.isEmpty()) {
            return Origin.UNKNOWN;
        }
        boolean application =
                !catalogued.test(className) && PackageRoot.ofClass(className).equals(root);
        return application ? Origin.APPLICATION : Origin.LIBRARY;
    }
}
