/** Loops that wait for themselves, and some that only seem to. */
@NullMarked
package app.deadlock;

import org.jspecify.annotations.NullMarked;
