/** Programs for the tests of the command line. */
@NullMarked
package app.cli;

import org.jspecify.annotations.NullMarked;
