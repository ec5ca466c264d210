/** Lag, utilization and ticks of event loops. Runs on the sampling thread. */
@NullMarked
package io.stallsight.engine.loop;

import org.jspecify.annotations.NullMarked;
