/**
 * Fails JUnit Jupiter tests that let blocking code onto a loop. Built on {@code io.stallsight.api} and JUnit alone;
 * where JUnit is missing, none of these classes is loaded.
 *
 * <p>{@link io.stallsight.junit.StallsightExtension} follows JUnit's callbacks and opens and closes a {@code Scope} for
 * each test and class in the {@code Suite} of this JVM. Findings arrive from the agent on threads that must not wait;
 * {@code Attribution} gives each to a scope. At the end of a scope its {@code Checks} decide for which findings the
 * test fails, and {@code Acceptance} for which not. {@code RunEnd} judges the run as a whole and prints the
 * {@code Summary}.
 */
@NullMarked
package io.stallsight.junit;

import org.jspecify.annotations.NullMarked;
