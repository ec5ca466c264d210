/** Makes findings of blocking calls: fingerprint, aggregate, hand to the outputs. Thread-safe, bounded. */
@NullMarked
package io.stallsight.engine.finding;

import org.jspecify.annotations.NullMarked;
