/** Fan-out: connections in flight for each downstream; and virtual threads that keep their carrier. */
@NullMarked
package io.stallsight.it.fanout;

import org.jspecify.annotations.NullMarked;
