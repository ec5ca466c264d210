/** The agent as a guest: how it comes, how it leaves, and what it must not disturb meanwhile. */
@NullMarked
package io.stallsight.it.lifecycle;

import org.jspecify.annotations.NullMarked;
