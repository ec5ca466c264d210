package io.stallsight.engine.cli;

import io.stallsight.text.DurationText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of times on the command line to milliseconds. */
final class Times {

    private Times() {}

    /** {@code 30s}, {@code 5m}, {@code 1h}. */
    static final class Length implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                long millis = TimeUnit.NANOSECONDS.toMillis(DurationText.parse(text));
                if (millis > 0) {
                    return millis;
                }
            } catch (IllegalArgumentException e) {
                // thrown below
            }
            throw new TypeConversionException("\"" + text + "\" is no duration such as 500ms, 30s, 5m or 1h");
        }
    }

    /** A time since 1970: in UTC with a Z, else in the zone of this machine. */
    static final class Moment implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return text.endsWith("Z")
                        ? Instant.parse(text).toEpochMilli()
                        : LocalDateTime.parse(text)
                                .atZone(ZoneId.systemDefault())
                                .toInstant()
                                .toEpochMilli();
            } catch (DateTimeException e) {
                throw new TypeConversionException("\"" + text
                        + "\" is no time such as 2026-11-24T10:00:00Z, or without Z in the time zone of this machine");
            }
        }
    }
}
