/**
 * Output: facts as JFR events. This package listens for recordings, registers the events of {@code engine.event} when
 * the first one is made, and cuts the agent's frames out of their stack traces.
 *
 * <p>The engine enters it only where module {@code jdk.jfr} is there, and never starts JFR by it. Threads: a blocking
 * call is committed by its own thread, every other fact by a thread of the agent. Fields of events do not live here.
 */
@NullMarked
package io.stallsight.engine.jfr;

import org.jspecify.annotations.NullMarked;
