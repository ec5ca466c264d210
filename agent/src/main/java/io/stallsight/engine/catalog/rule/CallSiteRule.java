package io.stallsight.engine.catalog.rule;

/** A JDK class that is loaded before the agent and calls a native blocking method. */
public record CallSiteRule(String className) implements Rule {}
