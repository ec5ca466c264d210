package io.stallsight.engine.catalog;

/** A JDK class that is loaded before the agent and calls a native blocking method. */
record CallSiteRule(String className) implements Rule {}
