/**
 * The public API: findings, assertions, and {@link io.stallsight.api.AgentLink}, the connection to the agent in this
 * JVM. Depends on the JDK and on the toolbox ({@code io.stallsight.frame}, {@code io.stallsight.text}) alone.
 *
 * <p>Each class loader of the application may have a copy of this package, so values that cross to the engine are of
 * types of the JDK. All types may be used on any thread unless they say otherwise.
 */
@NullMarked
package io.stallsight.api;

import org.jspecify.annotations.NullMarked;
