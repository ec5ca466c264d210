/**
 * Findings as log records: through the application's own SLF4J where it has one, else on stderr. Written by one thread
 * of the agent, as an appender may block.
 */
@NullMarked
package io.stallsight.engine.log;

import org.jspecify.annotations.NullMarked;
