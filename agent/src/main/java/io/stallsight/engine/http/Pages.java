package io.stallsight.engine.http;

import org.jspecify.annotations.Nullable;

/** What the server shows and what it can have done. Called on the server's threads, several at once. */
public interface Pages {

    /** Text of {@code /metrics}. */
    record Metrics(String contentType, String text) {}

    /** Milliseconds since 1970 up to which the picture goes. */
    long now();

    /**
     * The picture as JSON.
     *
     * @param range seconds before now
     * @param since only what changed from then on, milliseconds since 1970; 0 for everything
     */
    String picture(int range, long since);

    /** All hooks and their states as JSON. */
    String hooks();

    /** The options in force as JSON. */
    String config();

    /** @param accept header of the request, or null */
    Metrics metrics(@Nullable String accept);

    /**
     * Changes an option.
     *
     * @throws IllegalArgumentException with the one line to be shown; nothing is changed then
     */
    void change(String key, String value);

    /** Forgets findings and history. */
    void reset();
}
