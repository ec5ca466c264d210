/**
 * Waits and busy periods as distributions: what was added to a histogram of the hooks in an interval, and what a random
 * arrival would have waited. Used by the rooms of loops and of pools, on the sampling thread. Nothing here reads a
 * thread or an executor.
 */
@NullMarked
package io.stallsight.engine.lag;

import org.jspecify.annotations.NullMarked;
