/** Finds loops that wait for themselves. Runs on the sampling thread. */
@NullMarked
package io.stallsight.engine.deadlock;

import org.jspecify.annotations.NullMarked;
