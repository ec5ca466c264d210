package io.stallsight.engine.stack;

import io.stallsight.engine.catalog.entry.ClassNames;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names of classes of the JDK and of catalogued libraries. Immutable. */
public final class LibraryNames {

    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private final TreeMap<String, Boolean> prefixes = new TreeMap<>();

    /** @param packages prefixes with their final dot */
    public LibraryNames(List<String> packages) {
        for (String prefix : packages) {
            prefixes.put(prefix, Boolean.TRUE);
        }
    }

    boolean isJdk(String className) {
        for (String prefix : JDK) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Of the JDK or of a catalogued library, or a copy of such a class. */
    public boolean isLibrary(String className) {
        if (isJdk(className)) {
            return true;
        }
        for (String name = className; name != null; name = ClassNames.original(name)) {
            if (hasPrefix(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean hasPrefix(String className) {
        for (Map.Entry<String, Boolean> entry = prefixes.floorEntry(className);
                entry != null;
                entry = prefixes.lowerEntry(entry.getKey())) {
            if (className.startsWith(entry.getKey())) {
                return true;
            }
            if (entry.getKey().charAt(0) != className.charAt(0)) {
                break;
            }
        }
        return false;
    }
}
