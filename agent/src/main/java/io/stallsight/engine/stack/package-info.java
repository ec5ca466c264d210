/** Reads stacks: frames, their names, and the rules that allow a call. */
@NullMarked
package io.stallsight.engine.stack;

import org.jspecify.annotations.NullMarked;
