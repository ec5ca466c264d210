/**
 * The origin of code: distinguishes the application's classes from those of libraries by the place that they come from.
 *
 * <p>{@link io.stallsight.engine.origin.Origins} notes the place of each class while the JVM loads it, on threads of
 * the application: without input or output, without a lock of the application, without a call into it. Any thread asks
 * for the origin of a class by its name. Naming and blaming of frames are in room {@code stack}.
 */
@NullMarked
package io.stallsight.engine.origin;

import org.jspecify.annotations.NullMarked;
