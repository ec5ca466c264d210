/**
 * Reads objects of the application and of the JDK: fields and methods by the paths that the catalog names, references,
 * what waits at a loop, what a call was about. Thread-safe. Nothing here decides what a value means.
 */
@NullMarked
package io.stallsight.engine.reflect;

import org.jspecify.annotations.NullMarked;
