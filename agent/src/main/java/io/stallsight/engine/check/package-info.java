/**
 * The self-test, {@code stallsight check}: weaves the JVM of the command line as the agent would, calls every woven
 * method of the JDK and of JDBC on one thread, and reports which hooks ran. Used by nobody else.
 */
@NullMarked
package io.stallsight.engine.check;

import org.jspecify.annotations.NullMarked;
