/** What was observed, as immutable records: one type for each thing, taken as it is by every output. */
@NullMarked
package io.stallsight.engine.fact;

import org.jspecify.annotations.NullMarked;
