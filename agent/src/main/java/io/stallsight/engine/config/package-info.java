/**
 * The options: their keys, their values, the sources of values, and the one line about a wrong one. Options have no
 * effect here. Runs when the agent starts, and on the thread that changes an option at run time.
 */
@NullMarked
package io.stallsight.engine.config;

import org.jspecify.annotations.NullMarked;
