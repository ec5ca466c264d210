/** Reactor and reactor-netty. */
@NullMarked
package io.stallsight.it.reactor;

import org.jspecify.annotations.NullMarked;
