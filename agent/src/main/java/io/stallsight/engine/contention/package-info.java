/** Waits of non-blocking threads for Java monitors. Runs on the watching thread. */
@NullMarked
package io.stallsight.engine.contention;

import org.jspecify.annotations.NullMarked;
