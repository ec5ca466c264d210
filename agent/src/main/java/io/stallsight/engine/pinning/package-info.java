/**
 * Virtual threads that keep their carrier while they wait ("pinned"). Only the JVM sees them, and it reports them as a
 * JFR event: this package reads that event from a recording of its own. Nothing else of JFR belongs here; the agent's
 * own events are written by {@code io.stallsight.engine.jfr}.
 */
@NullMarked
package io.stallsight.engine.pinning;

import org.jspecify.annotations.NullMarked;
