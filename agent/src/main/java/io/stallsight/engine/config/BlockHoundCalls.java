package io.stallsight.engine.config;

/** Of which calls a callback of BlockHound is told. */
public enum BlockHoundCalls {
    /** Those of which BlockHound itself would tell it. */
    TODAY,
    /** All that the catalog knows. */
    ALL,
    /** BlockHound is left alone, its integrations are not read. */
    OFF
}
