/**
 * Registries and servers of the application that can show what the agent knows: how they are found, and who is told.
 */
@NullMarked
package io.stallsight.engine.host;

import org.jspecify.annotations.NullMarked;
