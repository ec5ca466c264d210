/** The command line, as the packaged jar. */
@NullMarked
package io.stallsight.it.cli;

import org.jspecify.annotations.NullMarked;
