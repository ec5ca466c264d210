package io.stallsight.engine.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Separates the application's classes from those of the JDK and of catalogued libraries. */
public final class Libraries {

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private final TreeMap<String, Boolean> prefixes = new TreeMap<>();
    private final List<String> own;

    /**
     * @param libraryPackages prefixes with their final dot
     * @param own the user's own packages; empty if unknown
     */
    public Libraries(List<String> libraryPackages, List<String> own) {
        for (String prefix : libraryPackages) {
            prefixes.put(prefix, Boolean.TRUE);
        }
        List<String> names = new ArrayList<>();
        for (String name : own) {
            names.add(
                    name.endsWith("**")
                            ? name.substring(0, name.length() - 2)
                            : name.endsWith(".") ? name : name + ".");
        }
        this.own = names;
    }

    boolean isJdk(String className) {
        for (String prefix : JDK) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Neither JDK nor catalogued library. */
    boolean isApplication(String className) {
        if (isJdk(className)) {
            return false;
        }
        for (Map.Entry<String, Boolean> entry = prefixes.floorEntry(className);
                entry != null;
                entry = prefixes.lowerEntry(entry.getKey())) {
            if (className.startsWith(entry.getKey())) {
                return false;
            }
            if (entry.getKey().charAt(0) != className.charAt(0)) {
                break;
            }
        }
        return true;
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
