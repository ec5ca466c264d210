/** Threads that are hard to follow, and how long the agent remembers threads. */
@NullMarked
package io.stallsight.it.threads;

import org.jspecify.annotations.NullMarked;
