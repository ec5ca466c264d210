/**
 * Knowledge about JDKs and libraries, as data: {@code catalog/*.json} in the jar, and a file of the user.
 *
 * <p>{@link io.stallsight.engine.catalog.CatalogReader} reads the files, one section after the other. An entry becomes
 * {@link io.stallsight.engine.catalog.point.Point}s, which are methods to weave, or
 * {@link io.stallsight.engine.catalog.rule.Rule}s, which each read their own entries.
 * {@link io.stallsight.engine.catalog.Catalog} holds them all: rules never change, and points are added at run time for
 * tools such as BlockHound.
 *
 * <p>Only this package knows the format of the files. It decides nothing about a call or a thread: other packages do,
 * by its rules. Files are read on the thread that starts the agent; any thread may read the catalog.
 */
@NullMarked
package io.stallsight.engine.catalog;

import org.jspecify.annotations.NullMarked;
