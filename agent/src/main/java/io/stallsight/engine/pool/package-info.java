/**
 * Reports what each thread pool does, and which is exhausted and why. {@link io.stallsight.engine.pool.PoolSampler}
 * drives the room. Runs on the sampling thread, as reading a pool may take its lock. How long tasks wait is measured by
 * the hooks ({@code StallsightQueue}); which classes are pools is up to the catalog.
 */
@NullMarked
package io.stallsight.engine.pool;

import org.jspecify.annotations.NullMarked;
