/**
 * The probe: a program that makes, one at a time, all calls that the agent must flag, and some that it must not flag.
 *
 * <p>{@link probe.Primitives} runs the methods with the annotation {@link probe.Blocks}, {@link probe.BlocksBriefly} or
 * {@link probe.NeverBlocks}. Each runs on a new platform thread with the name {@value probe.Primitives#THREAD}, and the
 * probe prints the start and end of each call. It imports no class of the agent and also runs without it.
 */
@NullMarked
package probe;

import org.jspecify.annotations.NullMarked;
