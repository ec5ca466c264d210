/** Work that goes from thread to thread, for several contexts at once. */
@NullMarked
package app.contexts;

import org.jspecify.annotations.NullMarked;
