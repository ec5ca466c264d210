/** Services with metrics of their own. */
@NullMarked
package app.metrics;

import org.jspecify.annotations.NullMarked;
