package io.stallsight.engine.detect;

import io.stallsight.engine.config.Mode;

/**
 * The settings of detection that may change at run time.
 *
 * @param threshold nanoseconds; shorter calls are counted, not reported
 * @param stall nanoseconds; a longer tick is a stall
 */
public record Settings(Mode mode, long threshold, long stall) {}
