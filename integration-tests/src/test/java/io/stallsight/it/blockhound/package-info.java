/** Users of BlockHound switch to Stallsight without changing a line. */
@NullMarked
package io.stallsight.it.blockhound;

import org.jspecify.annotations.NullMarked;
