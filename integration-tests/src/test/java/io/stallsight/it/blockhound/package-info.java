/** BlockHound's users switch without losing a line. */
@NullMarked
package io.stallsight.it.blockhound;

import org.jspecify.annotations.NullMarked;
