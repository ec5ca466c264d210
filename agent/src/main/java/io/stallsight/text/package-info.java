/**
 * Durations, counts and name patterns as people read and write them: one form for the engine, the API and the test
 * support. Internal, and in the jar twice, for the reasons that {@link io.stallsight.frame} gives. Depends on the JDK
 * only. All classes are immutable or stateless and may be used on any thread.
 */
@NullMarked
package io.stallsight.text;

import org.jspecify.annotations.NullMarked;
