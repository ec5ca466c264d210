/** Programs whose work on loops is traced. */
@NullMarked
package app.traces;

import org.jspecify.annotations.NullMarked;
