/** Compares the probe's calls with the agent's reports. */
@NullMarked
package io.stallsight.it.probe;

import org.jspecify.annotations.NullMarked;
