/** For whom a thread blocks is known wherever the work came from. */
@NullMarked
package io.stallsight.it.contexts;

import org.jspecify.annotations.NullMarked;
