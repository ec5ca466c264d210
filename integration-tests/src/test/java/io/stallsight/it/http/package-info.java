/** Synchronous HTTP clients on an event loop. */
@NullMarked
package io.stallsight.it.http;

import org.jspecify.annotations.NullMarked;
