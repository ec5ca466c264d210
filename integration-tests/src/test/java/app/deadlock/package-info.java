/** Loops that wait for themselves, and loops that only seem to. */
@NullMarked
package app.deadlock;

import org.jspecify.annotations.NullMarked;
