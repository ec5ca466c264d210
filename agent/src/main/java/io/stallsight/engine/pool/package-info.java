/** Thread pools: their load, queue waits and exhaustion. Runs on the sampling thread. */
@NullMarked
package io.stallsight.engine.pool;

import org.jspecify.annotations.NullMarked;
