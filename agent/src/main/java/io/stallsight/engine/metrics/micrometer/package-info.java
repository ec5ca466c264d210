/**
 * Exporter: shows the samples as meters in the application's Micrometer registries. Micrometer is in the application's
 * loader, so only reflection on its public API reaches it; no class here is linked to it.
 *
 * <p>Threads: {@code stallsight-hosts} registers the meters and updates their values. The application reads the values
 * on its own threads.
 */
@NullMarked
package io.stallsight.engine.metrics.micrometer;

import org.jspecify.annotations.NullMarked;
