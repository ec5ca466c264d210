/** Samples of users' projects: Maven really builds them, with the agent jar as one of their dependencies. */
@NullMarked
package io.stallsight.it.junit;

import org.jspecify.annotations.NullMarked;
