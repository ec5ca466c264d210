/** The lag of loops, against what a client measures. */
@NullMarked
package io.stallsight.it.loops;

import org.jspecify.annotations.NullMarked;
