/** Where metrics go: registries of the application, and scrapes. */
@NullMarked
package io.stallsight.it.metrics;

import org.jspecify.annotations.NullMarked;
