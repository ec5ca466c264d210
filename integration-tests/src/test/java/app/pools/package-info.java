/** Programs around thread pools. */
@NullMarked
package app.pools;

import org.jspecify.annotations.NullMarked;
