package io.stallsight.engine.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names and values of a query string or a form. Of a repeated name, the first value counts. */
final class Query {

    private final Map<String, String> values = new LinkedHashMap<>();

    /** @throws BadRequest if a percent-encoding is not well-formed */
    static Query of(@Nullable String text) throws BadRequest {
        Query query = new Query();
        if (text == null) {
            return query;
        }
        try {
            for (String pair : text.split("&")) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.values.putIfAbsent(
                            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        } catch (IllegalArgumentException e) {
            throw new BadRequest("the query is not well-formed");
        }
        return query;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** @throws BadRequest if the value is present, but not a whole number of at least {@code min} */
    long number(String name, long min, long defaultValue) throws BadRequest {
        String text = values.get(name);
        if (text == null) {
            return defaultValue;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new BadRequest(name + " must be a whole number of at least " + min);
    }
}
