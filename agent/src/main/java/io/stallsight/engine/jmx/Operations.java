package io.stallsight.engine.jmx;

import java.util.Map;

/** What may be changed of the agent; on a thread of the application's. */
public interface Operations {

    Map<String, String> settings();

    /** @throws RuntimeException with the one line to be shown */
    void set(String key, String value);

    void reset();
}
