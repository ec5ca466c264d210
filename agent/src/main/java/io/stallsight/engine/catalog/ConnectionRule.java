package io.stallsight.engine.catalog;

/**
 * How a connection tells whether it had been established, when it is about to be closed: a public method without
 * parameters that returns a boolean and that any thread may call.
 */
public record ConnectionRule(String className, String connected) {}
