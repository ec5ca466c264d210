/**
 * Benchmarks, not tests: what the agent costs. {@link io.stallsight.bench.Micro} measures single calls with JMH,
 * {@link io.stallsight.bench.Macro} the demo service under load and its start; docs/performance.md says how to run them
 * and what they gave. The agent is a jar here too.
 */
@NullMarked
package io.stallsight.bench;

import org.jspecify.annotations.NullMarked;
