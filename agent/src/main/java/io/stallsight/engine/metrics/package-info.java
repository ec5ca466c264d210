/**
 * What is measured, as numbers with names. {@link io.stallsight.engine.metrics.Metrics} counts; the packages below it
 * are the ways out, which all show the same samples.
 */
@NullMarked
package io.stallsight.engine.metrics;

import org.jspecify.annotations.NullMarked;
