/**
 * Speaks BlockHound: an installed BlockHound configures the engine instead of instrumenting the JVM, and its
 * integrations are honoured also where it is not there. BlockHound's classes are known by reflection only, as they are
 * the application's.
 */
@NullMarked
package io.stallsight.engine.blockhound;

import org.jspecify.annotations.NullMarked;
