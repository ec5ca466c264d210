/**
 * What a catalog file says besides its points: one immutable record for each kind of rule, which reads its own entries.
 * Any thread may read a rule.
 */
@NullMarked
package io.stallsight.engine.catalog.rule;

import org.jspecify.annotations.NullMarked;
