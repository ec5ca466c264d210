package io.stallsight.engine.config;

/** The calls that are reported to the callback of an installed BlockHound. */
public enum BlockHoundCalls {
    /** Those that BlockHound itself would report. */
    TODAY,
    /** All that the catalog knows. */
    ALL,
    /** None: BlockHound is left alone, and its integrations are not read. */
    OFF
}
