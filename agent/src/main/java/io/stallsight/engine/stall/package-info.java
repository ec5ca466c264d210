/**
 * Finds loops that are late while they are, and divides each stall among its causes.
 * {@link io.stallsight.engine.stall.StallWatch} drives the room. Runs on the watching thread, but for the end of a long
 * tick, which the loop's own thread leaves here. Nothing here waits or takes a lock of the application.
 */
@NullMarked
package io.stallsight.engine.stall;

import org.jspecify.annotations.NullMarked;
