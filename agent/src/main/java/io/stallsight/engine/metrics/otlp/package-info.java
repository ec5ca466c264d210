/** The samples pushed to a collector, as OTLP over HTTP in its JSON encoding. */
@NullMarked
package io.stallsight.engine.metrics.otlp;

import org.jspecify.annotations.NullMarked;
