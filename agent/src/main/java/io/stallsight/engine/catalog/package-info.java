/**
 * Knowledge about JDKs and libraries: data read from {@code catalog/*.json}, immutable once read. The only package that
 * knows JSON. Decides nothing.
 */
@NullMarked
package io.stallsight.engine.catalog;

import org.jspecify.annotations.NullMarked;
