/** Programs that use BlockHound as its users do. They print the same with and without Stallsight. */
@NullMarked
package app.blockhound;

import org.jspecify.annotations.NullMarked;
