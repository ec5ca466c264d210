package io.stallsight.engine.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the key that a misspelt one was meant to be. */
final class Likeness {

    /** This many letters added, left out or changed are a typing error in a key of any length. */
    private static final int MAX_TYPING_ERRORS = 2;

    private Likeness() {}

    /**
     * The key that is most like {@code unknown}; null if none is. A key is like another if at most every third letter
     * differs, or if it ends with it ({@code stall}, {@code threshold.stall}).
     */
    static @Nullable String nearest(String unknown, Collection<String> keys) {
        String text = unknown.toLowerCase(Locale.ROOT);
        String nearest = null;
        int nearestDistance = Integer.MAX_VALUE;
        for (String key : keys) {
            int distance = distance(text, key);
            if (distance < nearestDistance && isLike(text, key, distance)) {
                nearestDistance = distance;
                nearest = key;
            }
        }
        return nearest;
    }

    private static boolean isLike(String text, String key, int distance) {
        return distance <= Math.max(text.length(), key.length()) / 3 || key.endsWith("." + text);
    }

    /** Whether the text can hardly be anything else than one of the keys. */
    static boolean isTypingError(String text, Collection<String> keys) {
        for (String key : keys) {
            if (distance(text, key) <= MAX_TYPING_ERRORS) {
                return true;
            }
        }
        return false;
    }

    /** Levenshtein's distance: how many letters have to be added, left out or changed. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
