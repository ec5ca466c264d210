/** The samples as meters in the application's own Micrometer, which is reached by reflection on its public API. */
@NullMarked
package io.stallsight.engine.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
