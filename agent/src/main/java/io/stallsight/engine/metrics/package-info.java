/**
 * Metrics: the names, labels and current values of everything that Stallsight measures.
 *
 * <p>{@link io.stallsight.engine.metrics.Metrics} receives facts and counts findings. Each subpackage is one exporter
 * ({@code prometheus}, {@code micrometer}, {@code opentelemetry}, {@code otlp}), and all of them export the same
 * {@link io.stallsight.engine.metrics.Sample}s. What belongs to one format only, such as its naming convention, stays
 * in the exporter. This package measures nothing and knows no other output.
 *
 * <p>Threads: facts arrive on threads of the agent. Samples are computed on the thread of the exporter that reads them.
 * No thread of the application waits for a lock here.
 */
@NullMarked
package io.stallsight.engine.metrics;

import org.jspecify.annotations.NullMarked;
