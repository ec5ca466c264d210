/**
 * Decides on the application's thread, at once: must this thread not block, is the call allowed, what is it called, who
 * made it. Cheap for calls that need no report.
 */
@NullMarked
package io.stallsight.engine.detect;

import org.jspecify.annotations.NullMarked;
