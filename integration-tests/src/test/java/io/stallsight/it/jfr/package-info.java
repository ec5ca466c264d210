/** Stallsight in Flight Recorder. */
@NullMarked
package io.stallsight.it.jfr;

import org.jspecify.annotations.NullMarked;
