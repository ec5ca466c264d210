/** The watching thread and the beats that prove its punctuality. */
@NullMarked
package io.stallsight.engine.watch;

import org.jspecify.annotations.NullMarked;
