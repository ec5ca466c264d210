/**
 * Compares the agent's catalog with the code that it describes. Each class and method of a catalog file is looked up in
 * the class files of each supported JDK and of each version of the library. No code of these is run.
 *
 * <p>The JDKs are the ones that {@link io.stallsight.it.harness.Jdks} finds. The libraries are the jars in
 * {@code target/catalog-libs/<library>/<version>}, which the build copies there: the execution {@code catalog-libs} of
 * this module's pom is the list of versions. To cover another version of a library, add a line there.
 */
@NullMarked
package io.stallsight.it.catalog;

import org.jspecify.annotations.NullMarked;
