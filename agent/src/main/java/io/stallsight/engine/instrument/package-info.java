/**
 * Puts the hooks in place and takes them out again. {@link io.stallsight.engine.instrument.HookInjector} defines the
 * hook classes; {@link io.stallsight.engine.instrument.Weaver} weaves classes as the JVM loads them;
 * {@link io.stallsight.engine.instrument.Installation} retransforms the classes that are loaded already;
 * {@link io.stallsight.engine.instrument.HookTable} records which hook was woven. Only this package and {@code inline}
 * use ASM.
 *
 * <p>Threads: the weaver runs on threads of the application that load a class, with the locks of class loaders held.
 * Nothing there may call the application or wait for another thread. The rest runs on the thread that attaches.
 */
@NullMarked
package io.stallsight.engine.instrument;

import org.jspecify.annotations.NullMarked;
