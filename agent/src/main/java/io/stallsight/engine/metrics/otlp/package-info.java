/**
 * Exporter: pushes the samples to a collector, as OTLP over HTTP in the JSON encoding. The only user of
 * {@code java.net.http}. All of it runs on threads of the agent, named {@code stallsight-otlp}.
 */
@NullMarked
package io.stallsight.engine.metrics.otlp;

import org.jspecify.annotations.NullMarked;
