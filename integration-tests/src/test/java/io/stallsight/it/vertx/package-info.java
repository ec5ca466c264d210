/** Vert.x 4 and 5. */
@NullMarked
package io.stallsight.it.vertx;

import org.jspecify.annotations.NullMarked;
