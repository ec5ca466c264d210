/** Pekko. */
@NullMarked
package io.stallsight.it.pekko;

import org.jspecify.annotations.NullMarked;
