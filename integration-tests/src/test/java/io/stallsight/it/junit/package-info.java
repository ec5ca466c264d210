/**
 * Samples of what users have: Maven projects that are really built, with the agent jar as one of their dependencies.
 */
@NullMarked
package io.stallsight.it.junit;

import org.jspecify.annotations.NullMarked;
