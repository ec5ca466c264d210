/**
 * Puts the hooks in place and takes them out again: definition of the hook classes, weaving of classes as they load,
 * retransformation of those already loaded, and the record of which hook took. With {@code advice} the only user of
 * Byte Buddy.
 *
 * <p>What runs in {@link io.stallsight.engine.instrument.Weaver#transform} runs while the JVM loads a class of the
 * application, with its locks held: nothing there may call into the application or wait for another thread.
 */
@NullMarked
package io.stallsight.engine.instrument;

import org.jspecify.annotations.NullMarked;
