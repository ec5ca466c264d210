package io.stallsight.engine.config;

/** Whether spans of the application's tracer say what blocked in them. */
public enum TraceEvents {
    /** The current span gets an event for each blocking call, and for a request that held its loop or waited for it. */
    ON,
    /** No method of a tracer is called but those that read the current trace. */
    OFF
}
