/** RxJava. */
@NullMarked
package io.stallsight.it.rxjava;

import org.jspecify.annotations.NullMarked;
