/**
 * Reads recordings into the picture. Besides {@code engine.jfr}, which writes them, the only package that knows
 * {@code jdk.jfr}; it is entered only when that module is there. What it shares with the rest is the names of the
 * events and their fields, as docs/events-and-metrics.md has them.
 */
@NullMarked
package io.stallsight.engine.recording;

import org.jspecify.annotations.NullMarked;
