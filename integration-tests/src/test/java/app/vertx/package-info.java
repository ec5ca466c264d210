@NullMarked
package app.vertx;

import org.jspecify.annotations.NullMarked;
