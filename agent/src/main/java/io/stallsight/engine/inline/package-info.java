/**
 * Inlines advice into the methods of other classes, on ASM alone. {@link io.stallsight.engine.inline.AdviceClass} is an
 * advice, read from its class file; {@link io.stallsight.engine.inline.AdviceInliner} writes it into a method. Nothing
 * here knows a single advice, a point or a hook.
 *
 * <p>Advice is written with the annotations of Byte Buddy, and the result is what Byte Buddy makes of it: a test
 * compares the two for each class that the catalog names. Byte Buddy itself is not loaded. Its 700 classes took half a
 * second of each start.
 *
 * <p>Threads: any that loads a class, with the locks of class loaders held. Everything is known from class files; no
 * class is loaded or resolved.
 */
@NullMarked
package io.stallsight.engine.inline;

import org.jspecify.annotations.NullMarked;
