/** Stalls of known causes on the event loops of several frameworks, for {@code io.stallsight.it.lab}. */
@NullMarked
package app.lab;

import org.jspecify.annotations.NullMarked;
