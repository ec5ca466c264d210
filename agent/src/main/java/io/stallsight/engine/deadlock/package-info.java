/**
 * Finds event loops that wait for work which only they could do. Runs on the sampling thread, as it follows thousands
 * of references. Deadlocks of locks are not looked for: the JVM finds those.
 */
@NullMarked
package io.stallsight.engine.deadlock;

import org.jspecify.annotations.NullMarked;
