/**
 * The JFR events. The only package that knows {@code jdk.jfr}; it is entered only when that module is there, and JFR is
 * never started by it: events exist from the moment on at which somebody starts a recording.
 */
@NullMarked
package io.stallsight.engine.jfr;

import org.jspecify.annotations.NullMarked;
