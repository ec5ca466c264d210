/** Traces of the application in what the agent reports. */
@NullMarked
package io.stallsight.it.traces;

import org.jspecify.annotations.NullMarked;
