/**
 * The options: their keys, where values come from, and what is said when one is wrong. Knows nothing of what they do.
 */
@NullMarked
package io.stallsight.engine.config;

import org.jspecify.annotations.NullMarked;
