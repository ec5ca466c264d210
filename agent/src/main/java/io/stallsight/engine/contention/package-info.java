/**
 * Finds non-blocking threads that wait for a Java monitor. Runs on the watching thread. Whether such a wait is reported
 * is decided in {@code detect}, as for every blocking call.
 */
@NullMarked
package io.stallsight.engine.contention;

import org.jspecify.annotations.NullMarked;
