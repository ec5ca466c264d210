/** {@code java -jar stallsight.jar <command>}. The only package that knows picocli. */
@NullMarked
package io.stallsight.engine.cli;

import org.jspecify.annotations.NullMarked;
