package io.stallsight.engine.cli;

import io.stallsight.frame.Frames;
import io.stallsight.text.DurationText;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The text of single values. A value that is not known is a dash. */
final class Cells {

    static final String UNKNOWN = "-";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private Cells() {}

    /** @param number negative if it is not known */
    static String number(long number) {
        return number < 0 ? UNKNOWN : Long.toString(number);
    }

    /** @param share 0 to 1, negative if it is not known */
    static String percent(double share) {
        return share < 0 ? UNKNOWN : Math.round(share * 100) + " %";
    }

    /** @param nanos negative if it is not known */
    static String duration(long nanos) {
        return nanos < 0 ? UNKNOWN : DurationText.of(nanos);
    }

    /** The time of day. */
    static String time(long millis, ZoneId zone) {
        return LocalTime.ofInstant(Instant.ofEpochMilli(millis), zone).format(TIME);
    }

    /** {@code Thread.sleep at com.shop.Orders.find(Orders.java:57)}. */
    static String at(@Nullable String text, @Nullable StackTraceElement site) {
        if (text == null || text.isEmpty()) {
            return site == null ? UNKNOWN : Frames.describe(site);
        }
        return site == null ? text : text + " at " + Frames.describe(site);
    }
}
