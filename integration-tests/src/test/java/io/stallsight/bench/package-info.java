/**
 * Benchmarks, not tests: the cost of the agent. {@link io.stallsight.bench.Micro} measures single calls with JMH,
 * {@link io.stallsight.bench.Macro} the demo service under load and its start; docs/performance.md describes how to run
 * them, and has their results. The agent is a jar here too.
 */
@NullMarked
package io.stallsight.bench;

import org.jspecify.annotations.NullMarked;
