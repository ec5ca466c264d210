/** Fan-out (connections in flight for each downstream) and pinned virtual threads. */
@NullMarked
package io.stallsight.it.fanout;

import org.jspecify.annotations.NullMarked;
