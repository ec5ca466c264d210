/**
 * Numbers over time in bounded memory: columns of two resolutions, and percentiles of durations. Knows no fact. Guarded
 * by the picture, so nothing here is thread-safe.
 */
@NullMarked
package io.stallsight.engine.picture.series;

import org.jspecify.annotations.NullMarked;
