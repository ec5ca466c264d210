/**
 * Exporter: shows the samples as asynchronous instruments of the application's OpenTelemetry. Its API is in the
 * application's loader, so only reflection on public interfaces reaches it; no class here is linked to it.
 *
 * <p>Threads: {@code stallsight-hosts} creates the instruments and computes the samples. The application's metric
 * reader calls back on its own threads and gets the samples of the last interval.
 */
@NullMarked
package io.stallsight.engine.metrics.opentelemetry;

import org.jspecify.annotations.NullMarked;
