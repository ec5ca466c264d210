/** The samples as asynchronous instruments of OpenTelemetry, whose API is reached by reflection. */
@NullMarked
package io.stallsight.engine.metrics.opentelemetry;

import org.jspecify.annotations.NullMarked;
