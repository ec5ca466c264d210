/** Loops with a lag that a client measures from outside. */
@NullMarked
package app.loops;

import org.jspecify.annotations.NullMarked;
