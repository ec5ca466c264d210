/** Undertow on XNIO. */
@NullMarked
package io.stallsight.it.undertow;

import org.jspecify.annotations.NullMarked;
