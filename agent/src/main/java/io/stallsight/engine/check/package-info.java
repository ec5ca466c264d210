/** The self-test of the hooks: what it runs and what it tells. */
@NullMarked
package io.stallsight.engine.check;

import org.jspecify.annotations.NullMarked;
