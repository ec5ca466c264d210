/** Reads fields and gauges of the application's objects, by paths that the catalog names. */
@NullMarked
package io.stallsight.engine.reflect;

import org.jspecify.annotations.NullMarked;
