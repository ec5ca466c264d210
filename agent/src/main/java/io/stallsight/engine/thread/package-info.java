/**
 * Threads as such: those of the agent, each of which is a daemon, is known to the hooks as the agent's and has its CPU
 * time counted; and what the kernel knows of any thread. What a thread of the agent does belongs to the package that
 * starts it.
 */
@NullMarked
package io.stallsight.engine.thread;

import org.jspecify.annotations.NullMarked;
