/** Programs whose threads are hard to follow: they lose their thread-locals, overflow their stacks, or lie. */
@NullMarked
package app.threads;

import org.jspecify.annotations.NullMarked;
