/**
 * What is known of one JVM, over a time: what the dashboard, its snapshot, {@code report} and {@code top} show. The
 * sources (the engine, or a recording) give rows; docs/api.md has the shape that comes out. Bounded in memory.
 */
@NullMarked
package io.stallsight.engine.picture;

import org.jspecify.annotations.NullMarked;
