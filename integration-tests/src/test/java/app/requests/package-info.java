/** Programs whose requests share a pool of connections. */
@NullMarked
package app.requests;

import org.jspecify.annotations.NullMarked;
