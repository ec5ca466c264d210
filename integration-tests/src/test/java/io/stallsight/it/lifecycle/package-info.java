/** The agent as a guest: it starts, it leaves, and it does not disturb the application meanwhile. */
@NullMarked
package io.stallsight.it.lifecycle;

import org.jspecify.annotations.NullMarked;
