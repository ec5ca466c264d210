package io.stallsight.engine.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them, in milliseconds. */
final class Times {

    private Times() {}

    /** {@code 30s}, {@code 5m}, {@code 1h}. */
    static final class Length implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            long unit = text.endsWith("ms")
                    ? 1
                    : text.endsWith("s") ? 1_000 : text.endsWith("m") ? 60_000 : text.endsWith("h") ? 3_600_000 : 0;
            String number = text.replaceFirst("(ms|s|m|h)$", "");
            if (unit == 0 || !number.matches("\\d{1,6}") || Long.parseLong(number) == 0) {
                throw new TypeConversionException("\"" + text + "\" is no duration such as 500ms, 30s, 5m or 1h");
            }
            return Long.parseLong(number) * unit;
        }
    }

    /** With a zone, or of this machine's; since 1970. */
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
