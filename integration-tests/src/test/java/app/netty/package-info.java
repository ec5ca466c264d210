@NullMarked
package app.netty;

import org.jspecify.annotations.NullMarked;
