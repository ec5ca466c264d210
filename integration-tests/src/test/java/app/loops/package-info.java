/** Loops whose lag is known from outside. */
@NullMarked
package app.loops;

import org.jspecify.annotations.NullMarked;
