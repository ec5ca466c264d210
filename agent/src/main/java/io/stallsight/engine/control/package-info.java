/**
 * Access to the running engine from outside of its loader.
 *
 * <p>{@link io.stallsight.engine.control.Control} serves the test support ({@code io.stallsight.api} and
 * {@code io.stallsight.junit}), which is in the application's loaders. Several loaders may each have a copy of those
 * classes, so only types of the JDK may pass. {@link io.stallsight.engine.control.Operator} changes options at run time
 * for JMX, the dashboard and the command line. Nothing here decides or measures.
 *
 * <p>Threads: callers are threads of the application and of the agent, and all classes are thread-safe. Listeners are
 * called on the thread that reports: the blocked thread, or a thread of the agent.
 */
@NullMarked
package io.stallsight.engine.control;

import org.jspecify.annotations.NullMarked;
