/** Synchronous drivers and pools on an event loop. */
@NullMarked
package io.stallsight.it.jdbc;

import org.jspecify.annotations.NullMarked;
