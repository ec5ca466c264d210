/**
 * Output: writes findings and other facts as text to the application's SLF4J, or to stderr if it has none. Each kind of
 * fact has a report class, which makes its text. {@link io.stallsight.engine.log.LogOutput} decides what is reported
 * and how often.
 *
 * <p>Threads: facts arrive on blocked threads and on threads of the agent. These only format the text and append it to
 * a queue. The thread {@code stallsight-log} does all writing, because an appender may block.
 */
@NullMarked
package io.stallsight.engine.log;

import org.jspecify.annotations.NullMarked;
