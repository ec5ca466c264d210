package io.stallsight.it.catalog;

import java.util.Arrays;
import java.util.List;

/**
 * The versions that a catalog entry covers: parts separated by commas, of which one must match.
 *
 * <ul>
 *   <li>{@code 4.1}: 4.1 and everything that begins with it, such as 4.1.140.Final, but not 4.10
 *   <li>{@code 4.2+}: 4.2 and everything later
 *   <li>{@code 17-20}: from 17 up to and including 20, and everything that begins with either
 * </ul>
 */
record VersionRange(String text) {

    static final VersionRange ALL = new VersionRange("0+");

    boolean contains(String version) {
        return Arrays.stream(text.split(",")).map(String::trim).anyMatch(part -> partContains(part, version));
    }

    private static boolean partContains(String part, String version) {
        if (part.endsWith("+")) {
            return compare(version, part.substring(0, part.length() - 1)) >= 0;
        }
        int dash = part.indexOf('-');
        if (dash < 0) {
            return compare(version, part) == 0;
        }
        return compare(version, part.substring(0, dash)) >= 0 && compare(version, part.substring(dash + 1)) <= 0;
    }

    /** Compares only as many numbers as the bound has, so that 4.1.140.Final equals the bound 4.1. */
    private static int compare(String version, String bound) {
        List<Integer> left = numbers(version);
        List<Integer> right = numbers(bound);
        for (int i = 0; i < right.size(); i++) {
            int difference = Integer.compare(i < left.size() ? left.get(i) : 0, right.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static List<Integer> numbers(String version) {
        return Arrays.stream(version.split("[.\\-_]"))
                .takeWhile(part -> part.matches("\\d+"))
                .map(Integer::valueOf)
                .toList();
    }

    @Override
    public String toString() {
        return equals(ALL) ? "all versions" : text;
    }
}
