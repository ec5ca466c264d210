/** A blocking call is attributed to the context of its work, wherever that work came from. */
@NullMarked
package io.stallsight.it.contexts;

import org.jspecify.annotations.NullMarked;
