package io.stallsight.engine.catalog.entry;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of classes, as people write them and as builds change them.
 *
 * <p>A build may move a copy of a library below a package of its own, so that it meets no other version:
 * {@code io.grpc.netty.shaded.io.netty.channel.Channel} is a copy of {@code io.netty.channel.Channel}. Nearly all
 * builds keep the whole name, which begins with a domain. So the original of a copy is the rest of its name from a
 * domain on, and what the catalog says about a class holds for its copies.
 */
public final class ClassNames {

    private static final Set<String> DOMAINS = Set.of("com", "io", "net", "org");

    private ClassNames() {}

    /** Whether the class has this name, or is a copy of the class that has it. */
    public static boolean isOrCopies(String className, String name) {
        return className.endsWith(name)
                && (className.length() == name.length()
                        || className.charAt(className.length() - name.length() - 1) == '.');
    }

    /**
     * The name of the class of which this one may be a copy: the longest end of the name that begins with a domain.
     * Null if there is none. What it returns may be a copy again.
     */
    public static @Nullable String original(String className) {
        if (className.startsWith("java")) {
            return null; // half of all names, and nobody moves others below these packages
        }
        for (int start = className.indexOf('.') + 1; start > 0; ) {
            int end = className.indexOf('.', start);
            if (end < 0) {
                return null;
            }
            if (end - start <= 3 && DOMAINS.contains(className.substring(start, end))) {
                return className.substring(start);
            }
            start = end + 1;
        }
        return null;
    }

    /** What a build has put before the name of the original, with the final dot; empty if the class is the original. */
    public static String moved(String className, String original) {
        return isOrCopies(className, original) ? className.substring(0, className.length() - original.length()) : "";
    }

    /** {@code java.net.Socket$SocketInputStream} is {@code SocketInputStream}. */
    public static String simple(String className) {
        // a Scala object's class ends with a dollar sign
        String name = className.endsWith("$") ? className.substring(0, className.length() - 1) : className;
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
}
