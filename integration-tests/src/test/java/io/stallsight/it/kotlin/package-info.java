/** Kotlin coroutines. */
@NullMarked
package io.stallsight.it.kotlin;

import org.jspecify.annotations.NullMarked;
