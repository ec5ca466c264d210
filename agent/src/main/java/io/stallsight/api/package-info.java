/**
 * What users touch in code. Depends on nothing but the JDK; the only engine-facing package that the application can
 * see.
 */
@NullMarked
package io.stallsight.api;

import org.jspecify.annotations.NullMarked;
