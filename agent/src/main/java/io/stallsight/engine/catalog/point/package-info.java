/**
 * What a point is: which method is woven, how people read its name, and what its running means. Immutable; any thread
 * may read it.
 */
@NullMarked
package io.stallsight.engine.catalog.point;

import org.jspecify.annotations.NullMarked;
