/**
 * Programs that the tests fork: small services on each framework, with handlers that block and handlers that do not.
 *
 * <p>They import nothing of the agent. They announce the calls that the agent must report ({@link app.Announce}), so
 * that a test needs no line numbers. A report without an announcement is a failure.
 */
@NullMarked
package app;

import org.jspecify.annotations.NullMarked;
