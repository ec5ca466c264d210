package io.stallsight.engine.origin;

import java.util.Set;

/**
 * The start of package names that one owner has: {@code com.shop} of {@code com.shop.orders.web}, as names begin with a
 * domain, and {@code shop} of {@code shop.orders.web}, which has none.
 */
public final class PackageRoot {

    /** Owners of these names give each of their users or projects a package: {@code com.github.anna}. */
    private static final Set<String> HOSTS = Set.of(
            "com.github",
            "io.github",
            "com.gitlab",
            "io.gitlab",
            "org.bitbucket",
            "com.bitbucket",
            "net.sourceforge",
            "org.apache",
            "org.eclipse");

    /** Below a country, these stand for a kind of owner: {@code uk.co.shop}. */
    private static final Set<String> SECOND_LEVEL = Set.of("co", "com", "org", "net", "gov", "ac", "edu");

    /** Besides those of two letters: countries, {@code io}. */
    private static final Set<String> TOP_LEVEL = Set.of(
            "com",
            "org",
            "net",
            "edu",
            "gov",
            "mil",
            "int",
            "info",
            "biz",
            "dev",
            "cloud",
            "tech",
            "software",
            "systems");

    private static final int COUNTRY_CODE = 2;

    private PackageRoot() {}

    /** The root of the package of a class. */
    public static String ofClass(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : of(className.substring(0, dot));
    }

    /** The root of a package; the package itself if it is no longer, empty for the unnamed one. */
    static String of(String packageName) {
        int first = packageName.indexOf('.');
        if (first < 0) {
            return packageName;
        }
        if (first != COUNTRY_CODE && !TOP_LEVEL.contains(packageName.substring(0, first))) {
            return packageName.substring(0, first);
        }
        int second = packageName.indexOf('.', first + 1);
        if (second < 0) {
            return packageName;
        }
        boolean shared = HOSTS.contains(packageName.substring(0, second))
                || first == COUNTRY_CODE && SECOND_LEVEL.contains(packageName.substring(first + 1, second));
        int end = shared ? packageName.indexOf('.', second + 1) : second;
        return end < 0 ? packageName : packageName.substring(0, end);
    }
}
