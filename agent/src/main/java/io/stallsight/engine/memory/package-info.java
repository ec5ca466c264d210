/**
 * What the agent remembers, and for how long: a map whose size is bounded and that lets go of what is of little use,
 * and objects of an application that live as long as its class loader. Any thread may use the classes of this package.
 */
@NullMarked
package io.stallsight.engine.memory;

import org.jspecify.annotations.NullMarked;
