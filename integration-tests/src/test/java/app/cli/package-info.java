/** Programs that the command line looks at. */
@NullMarked
package app.cli;

import org.jspecify.annotations.NullMarked;
