/**
 * Puts one attach together, starts it and takes it apart. {@link io.stallsight.engine.Bootstrap} runs before the hooks
 * exist; {@link io.stallsight.engine.Engine} builds everything in the order in which each part needs those before it.
 * Only this package knows both the rooms and the outputs; it observes and decides nothing itself.
 */
@NullMarked
package io.stallsight.engine;

import org.jspecify.annotations.NullMarked;
