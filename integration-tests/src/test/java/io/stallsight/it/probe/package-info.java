/** What the probe did against what the agent said of it. */
@NullMarked
package io.stallsight.it.probe;

import org.jspecify.annotations.NullMarked;
