package io.stallsight.engine.config;

/** Whether the agent knows which request a loop serves. */
public enum ServedRequests {
    /** Blocking calls and stalls have the request. */
    ON,
    /** Nothing is woven for requests. */
    OFF
}
