/** Options: their places, their precedence and the effect of a mistake. */
@NullMarked
package io.stallsight.it.config;

import org.jspecify.annotations.NullMarked;
