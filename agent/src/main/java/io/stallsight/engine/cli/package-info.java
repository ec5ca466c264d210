/**
 * The commands of {@code java -jar stallsight.jar}. {@link CommandLineInterface} is picocli's entry; each command is a
 * class, {@code report} and {@code top} print a picture with {@link PictureText}. The only package that knows picocli.
 * Runs in a JVM of its own, on its main thread.
 */
@NullMarked
package io.stallsight.engine.cli;

import org.jspecify.annotations.NullMarked;
