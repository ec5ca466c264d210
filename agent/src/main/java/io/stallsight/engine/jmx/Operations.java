package io.stallsight.engine.jmx;

import java.util.Map;

/** The operations that the MBean offers. Called on threads of the application, concurrently. */
public interface Operations {

    /** Returns the effective values of all options, by key. */
    Map<String, String> settings();

    /** @throws RuntimeException if the key or the value is not acceptable; its message is one line for the user */
    void set(String key, String value);

    /** Deletes all findings and history. */
    void reset();
}
