/** Netty 4.1 and 4.2 on each of their transports. */
@NullMarked
package io.stallsight.it.netty;

import org.jspecify.annotations.NullMarked;
