/**
 * Findings: everything that one kind of blocking call did at one site of one loop group.
 *
 * <p>{@link io.stallsight.engine.finding.Findings} takes each blocking call, adds it to its finding and gives both to
 * the outputs. This runs on the blocked thread, or on a thread of the agent for a call that was seen from outside. So
 * nothing here blocks, and nothing here writes anything: that is what an {@link io.stallsight.engine.finding.Output}
 * does, later and elsewhere. Memory is bounded.
 */
@NullMarked
package io.stallsight.engine.finding;

import org.jspecify.annotations.NullMarked;
