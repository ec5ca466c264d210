package io.stallsight.engine.stall;

import java.util.List;

/**
 * A thread that has a monitor for which a loop waits.
 *
 * @param stack innermost frame first
 */
record LockOwner(long id, String name, List<StackTraceElement> stack) {}
