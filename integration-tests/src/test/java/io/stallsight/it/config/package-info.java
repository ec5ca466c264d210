/** Options: where they come from, which wins, what a mistake does. */
@NullMarked
package io.stallsight.it.config;

import org.jspecify.annotations.NullMarked;
