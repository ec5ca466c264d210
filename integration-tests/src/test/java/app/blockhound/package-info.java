/** Programs that use BlockHound as its users do; run with and without Stallsight they say the same. */
@NullMarked
package app.blockhound;

import org.jspecify.annotations.NullMarked;
