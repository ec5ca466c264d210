/**
 * The probe: a program that calls every primitive that the agent promises to flag, and those it must not, one at a
 * time.
 *
 * <p>{@link probe.Primitives} runs the methods of the suites that carry {@link probe.Blocks},
 * {@link probe.BlocksBriefly} or {@link probe.NeverBlocks}, each on a fresh platform thread named
 * {@value probe.Primitives#THREAD}, and prints when each call began and ended. It imports nothing of the agent and runs
 * as well without it.
 */
@NullMarked
package probe;

import org.jspecify.annotations.NullMarked;
