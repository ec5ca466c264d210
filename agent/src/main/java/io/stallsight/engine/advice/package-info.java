/**
 * What is inlined into woven methods: calls of the hooks, nothing else. An entry of the catalog's section {@code task}
 * with {@code "at": "queue"} is woven with {@code TaskAdvice.Queue}, which calls {@code StallsightTasks.queue}. An
 * advice says where it is woven; the hook says what it does.
 */
@NullMarked
package io.stallsight.engine.advice;

import org.jspecify.annotations.NullMarked;
