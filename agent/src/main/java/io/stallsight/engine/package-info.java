/** Puts the parts together and takes them apart. */
@NullMarked
package io.stallsight.engine;

import org.jspecify.annotations.NullMarked;
