/**
 * Reports lag, utilization and ticks of each event loop once an interval. Runs on the sampling thread. The loops' own
 * threads fill the histograms that are read here ({@code StallsightLoop}); why a loop is late belongs to {@code stall}.
 */
@NullMarked
package io.stallsight.engine.loop;

import org.jspecify.annotations.NullMarked;
