package io.stallsight.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * The cost of the agent itself.
 *
 * @param cpu of one core since the last reading, 0 to 1; -1 if not known
 * @param errors of the agent that were suppressed
 * @param dropped calls that came faster than they could be taken, or were of one finding too many
 */
public record AgentCost(double cpu, long errors, @Nullable String firstError, long dropped) {}
