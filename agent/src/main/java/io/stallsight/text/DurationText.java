package io.stallsight.text;

import java.time.Duration;
import java.util.Locale;

/** The text of durations: as people read them in reports, and as they write them in options. */
public final class DurationText {

    /** What a valid text looks like, for messages. */
    public static final String FORMS = "a duration such as 0, 500us, 5ms, 2s or 1m";

    private static final long MICROSECOND = 1_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    /** More could be no duration that anybody means. */
    private static final int MAX_DIGITS = 9;

    private DurationText() {}

    /** {@link #of(long)} of a duration. */
    public static String of(Duration duration) {
        return of(duration.toNanos());
    }

    /**
     * Three significant digits at most, rounded: {@code 830 us}, {@code 4.2 ms}, {@code 142 ms}, {@code 1.42 s},
     * {@code 42 s}, {@code 7 min}, {@code 3 h}.
     */
    public static String of(long nanos) {
        if (nanos < MILLISECOND - MICROSECOND / 2) {
            return rounded(nanos, MICROSECOND) + " us";
        }
        if (nanos < 10 * MILLISECOND - MILLISECOND / 20) {
            return String.format(Locale.ROOT, "%.1f ms", (double) nanos / MILLISECOND);
        }
        if (nanos < SECOND - MILLISECOND / 2) {
            return rounded(nanos, MILLISECOND) + " ms";
        }
        if (nanos < 10 * SECOND - SECOND / 200) {
            return String.format(Locale.ROOT, "%.2f s", (double) nanos / SECOND);
        }
        if (nanos < 2 * MINUTE) {
            return rounded(nanos, SECOND) + " s";
        }
        return nanos < 2 * HOUR ? rounded(nanos, MINUTE) + " min" : rounded(nanos, HOUR) + " h";
    }

    private static long rounded(long nanos, long unit) {
        return nanos / unit + (nanos % unit >= unit / 2 ? 1 : 0);
    }

    /**
     * The nanoseconds of a text such as {@code 250ns}, {@code 500us}, {@code 5ms}, {@code 2s}, {@code 1m}, {@code 1h}
     * or {@code 0}.
     *
     * @throws IllegalArgumentException with one line that has the text and the valid forms
     */
    public static long parse(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        long unit = switch (text.substring(digits)) {
            case "ns" -> 1L;
            case "us" -> MICROSECOND;
            case "ms" -> MILLISECOND;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            case "" -> text.equals("0") ? 1L : -1L;
            default -> -1L;
        };
        if (digits == 0 || digits > MAX_DIGITS || unit < 0) {
            throw bad(text);
        }
        long amount = Long.parseLong(text.substring(0, digits));
        if (amount > Long.MAX_VALUE / unit) { // it would wrap around, to any duration at all
            throw bad(text);
        }
        return amount * unit;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("\"" + text + "\" is not " + FORMS);
    }
}
