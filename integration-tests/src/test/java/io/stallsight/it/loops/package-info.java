/** The lag of loops, compared with a client. */
@NullMarked
package io.stallsight.it.loops;

import org.jspecify.annotations.NullMarked;
