/** Finds late loops and divides each stall among its causes. Runs on the watching thread. */
@NullMarked
package io.stallsight.engine.stall;

import org.jspecify.annotations.NullMarked;
