/**
 * Entry points, at the root of the jar: {@code -javaagent}, attach, and {@code java -jar}. They make the engine's
 * loader and hand over; nothing here may throw into the JVM's start.
 */
@NullMarked
package io.stallsight.agent;

import org.jspecify.annotations.NullMarked;
