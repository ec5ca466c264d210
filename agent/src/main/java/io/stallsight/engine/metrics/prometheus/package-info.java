/** The samples as text of Prometheus and OpenMetrics. */
@NullMarked
package io.stallsight.engine.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
