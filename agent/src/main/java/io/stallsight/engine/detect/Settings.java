package io.stallsight.engine.detect;

import io.stallsight.engine.config.Mode;

/**
 * What detection depends on and may change at run time.
 *
 * @param threshold shorter calls are counted, not reported; nanoseconds
 * @param stall a longer tick is a stall; nanoseconds
 */
public record Settings(Mode mode, long threshold, long stall) {}
