/**
 * The two threads of the agent that observe from outside, and what drives them. {@link WatchingThread} looks at threads
 * every few milliseconds and never waits; {@link SamplingThread} samples once an interval and may wait for a lock. A
 * room takes part by a {@link Look} or a {@link Sampler}. This package knows when to look, never what for: what is
 * observed belongs to the rooms.
 */
@NullMarked
package io.stallsight.engine.watch;

import org.jspecify.annotations.NullMarked;
