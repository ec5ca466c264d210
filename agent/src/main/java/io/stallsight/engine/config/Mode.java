package io.stallsight.engine.config;

/** What happens on a blocking call. */
public enum Mode {
    /** Measure it and report it. */
    OBSERVE,
    /** Throw before it happens. */
    STRICT,
    /** The agent does nothing. */
    OFF
}
