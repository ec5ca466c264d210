/**
 * The agent's door for its own classes in the application's loaders: the test support listens to findings here and
 * changes settings. Only types of the JDK pass, as each loader may have its own copy of those classes.
 */
@NullMarked
package io.stallsight.engine.control;

import org.jspecify.annotations.NullMarked;
