/**
 * Outbound connections, their downstreams and fan-out. Counted by the threads that connect, read by the sampling
 * thread.
 */
@NullMarked
package io.stallsight.engine.connection;

import org.jspecify.annotations.NullMarked;
