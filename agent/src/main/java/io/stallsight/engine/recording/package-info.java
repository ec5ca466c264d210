/**
 * Recordings. Reads them into a picture, for the command line. {@code AgentEvents} takes the facts of the agent's own
 * events, which {@code engine.event} reads. {@code JdkEvents} makes facts of the JDK's events, for a JVM without the
 * agent. In the observed JVM, {@code LentRecordings} makes the recordings that another process reads.
 *
 * <p>Entered only where module {@code jdk.jfr} is there. A file is read on the calling thread; the events of a running
 * JVM arrive on a thread of JFR. No decision about reports lives here.
 */
@NullMarked
package io.stallsight.engine.recording;

import org.jspecify.annotations.NullMarked;
