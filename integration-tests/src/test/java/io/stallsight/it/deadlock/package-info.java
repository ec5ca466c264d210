/** Loops that wait for themselves. */
@NullMarked
package io.stallsight.it.deadlock;

import org.jspecify.annotations.NullMarked;
