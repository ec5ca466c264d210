/**
 * The agent's JFR events. For each fact one class has the fields of its event, writes the fact into them and reads them
 * back, so that an output of a running JVM and a reader of a recording agree.
 *
 * <p>Threads of the agent write; the command line reads. No decision about reports lives here, and nothing of JFR is
 * initialised before a recording exists.
 */
@NullMarked
package io.stallsight.engine.event;

import org.jspecify.annotations.NullMarked;
