package com.example.drill;

import java.time.Duration;
import java.util.Locale;

/** Formats values for the table. */
final class Text {
    private Text() {}

    /** Seven characters at most. */
    static String millis(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis >= 9_999.5) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    static String left(String text, int width) {
        return fit(text, width) + " ".repeat(Math.max(0, width - text.length()));
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + fit(text, width);
    }

    private static String fit(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 2) + "..";
    }
}
