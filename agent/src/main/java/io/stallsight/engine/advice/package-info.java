/** What is inlined into woven methods: calls of the hooks, nothing else. */
@NullMarked
package io.stallsight.engine.advice;

import org.jspecify.annotations.NullMarked;
