/**
 * Decisions about calls, made on the application's thread in the middle of its call: must this thread not block, is the
 * call allowed, what is it called, which line made it.
 *
 * <p>{@link io.stallsight.engine.detect.Detector} is the door: hooks call it, and it hands on to
 * {@link io.stallsight.engine.detect.Calls} (blocking calls), {@link io.stallsight.engine.detect.Selectors} (selects,
 * which are idle time or blocking calls) and {@link io.stallsight.engine.detect.LoopThreads} (which threads must not
 * block). A call that is to be reported goes to a {@link io.stallsight.engine.detect.CallListener}.
 * {@link io.stallsight.engine.detect.Glimpses} serves the agent's own threads, which look at the same threads from
 * outside.
 *
 * <p>The hooks raise the re-entrancy guard before they come here, so nothing that these classes call is observed. They
 * must be quick, must not block, take no lock of the application and call no method that an application can override.
 * Outputs, threads of the agent and measurements over time live elsewhere.
 */
@NullMarked
package io.stallsight.engine.detect;

import org.jspecify.annotations.NullMarked;
