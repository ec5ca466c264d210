package io.stallsight.engine.stack;

import io.stallsight.engine.origin.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Separates the application's classes from those of the JDK and of libraries. Thread-safe. */
public final class Libraries {

    private final LibraryNames names;
    private final Function<String, Origin> origins;
    private final List<String> own;

    /**
     * @param origins whose code the class of a name is
     * @param own the user's own packages; empty if unknown
     */
    public Libraries(LibraryNames names, Function<String, Origin> origins, List<String> own) {
        this.names = names;
        this.origins = origins;
        List<String> prefixes = new ArrayList<>();
        for (String name : own) {
            prefixes.add(
                    name.endsWith("**")
                            ? name.substring(0, name.length() - 2)
                            : name.endsWith(".") ? name : name + ".");
        }
        this.own = prefixes;
    }

    /** Knows only names. */
    public Libraries(List<String> libraryPackages, List<String> own) {
        this(new LibraryNames(libraryPackages), className -> Origin.UNKNOWN, own);
    }

    boolean isJdk(String className) {
        return names.isJdk(className);
    }

    /** By the place that it comes from; if that says nothing, neither JDK nor catalogued library. */
    boolean isApplication(String className) {
        if (isJdk(className)) {
            return false;
        }
        Origin origin = origins.apply(className);
        return origin == Origin.APPLICATION || origin == Origin.UNKNOWN && isUncatalogued(className);
    }

    /** By its name alone, neither of the JDK nor of a catalogued library. */
    boolean isUncatalogued(String className) {
        return !names.isLibrary(className);
    }

    boolean hasOwn() {
        return !own.isEmpty();
    }

    /** In the packages that the user named. */
    boolean isOwn(String className) {
        for (String prefix : own) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
