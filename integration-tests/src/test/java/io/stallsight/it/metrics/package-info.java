/** Outputs of metrics: registries of the application, and scrapes. */
@NullMarked
package io.stallsight.it.metrics;

import org.jspecify.annotations.NullMarked;
