package io.stallsight.engine.http;

import org.jspecify.annotations.Nullable;

/** The contents of the dashboard and its operations. Called on the server's threads, concurrently. */
public interface Pages {

    /**
     * The text of {@code /metrics}.
     *
     * @param contentType value of the header {@code Content-Type}
     */
    record Metrics(String contentType, String text) {}

    /** Returns the end of the picture, in milliseconds since 1970. */
    long now();

    /**
     * Returns the picture as JSON, in the format of docs/api.md.
     *
     * @param range length of the picture, in seconds before {@link #now}
     * @param since selects the changes from this time on, in milliseconds since 1970; 0 selects everything
     */
    String picture(int range, long since);

    /** Returns the name of the file with the snapshot, with letters that each file system takes. */
    String snapshotName();

    /** Returns all hooks and their states as JSON. */
    String hooks();

    /** Returns the effective options as JSON. */
    String config();

    /** @param accept header {@code Accept} of the request, or null if it has none */
    Metrics metrics(@Nullable String accept);

    /**
     * Changes an option.
     *
     * @throws IllegalArgumentException if the key or the value is not acceptable; nothing is changed, and the message
     *     is one line for the user
     */
    void change(String key, String value);

    /** Deletes findings and history. */
    void reset();
}
