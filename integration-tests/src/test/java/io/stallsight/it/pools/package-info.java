/** Thread pools: found, named, measured, and reported when they are exhausted. */
@NullMarked
package io.stallsight.it.pools;

import org.jspecify.annotations.NullMarked;
