/** Programs that open many connections at once, or that pin virtual threads. */
@NullMarked
package app.fanout;

import org.jspecify.annotations.NullMarked;
