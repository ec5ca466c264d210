/**
 * Programs that the tests fork: small services on each framework, with handlers that block and handlers that do not.
 *
 * <p>They import nothing of the agent. What is to be reported they announce themselves ({@link app.Announce}), so that
 * a test needs no line numbers; what is reported and was not announced is a mistake.
 */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
