/** What is seen from outside of the threads, on threads of the agent. */
@NullMarked
package io.stallsight.engine.monitor;

import org.jspecify.annotations.NullMarked;
