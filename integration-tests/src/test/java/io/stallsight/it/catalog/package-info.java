/**
 * Holds the agent's catalog against the code that it speaks of: every class and method that a catalog file names is
 * looked up in each supported JDK and in each version of the library, as class files, without running any of it.
 *
 * <p>The JDKs are the ones that {@link io.stallsight.it.harness.Jdks} finds. The libraries are the jars in
 * {@code target/catalog-libs/<library>/<version>}, which the build copies there: the execution {@code catalog-libs} of
 * this module's pom is the list of versions. To cover another version of a library, add a line there.
 */
@NullMarked
package io.stallsight.it.catalog;

import org.jspecify.annotations.NullMarked;
