/**
 * Exporter: writes the samples as text in the formats of Prometheus and OpenMetrics. The only user of the Prometheus
 * library. Runs on the thread of the dashboard's server that answers the request.
 */
@NullMarked
package io.stallsight.engine.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
