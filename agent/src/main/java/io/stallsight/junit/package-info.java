/**
 * Fails JUnit Jupiter tests that let blocking code onto a loop. Built on the API alone; where JUnit is missing none of
 * these classes is loaded.
 */
@NullMarked
package io.stallsight.junit;

import org.jspecify.annotations.NullMarked;
