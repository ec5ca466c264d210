/**
 * Forks real JVMs with the packaged agent and reads back its effects.
 *
 * <p>A test picks a JDK with {@link io.stallsight.it.harness.EachJdk}, describes a process with
 * {@link io.stallsight.it.harness.ForkedJvm}, and judges the {@link io.stallsight.it.harness.Outcome}: exit code,
 * output, and the JFR recording as {@link io.stallsight.it.harness.BlockingCall}s. Nothing here imports agent code: the
 * agent is a jar.
 */
@NullMarked
package io.stallsight.it.harness;

import org.jspecify.annotations.NullMarked;
