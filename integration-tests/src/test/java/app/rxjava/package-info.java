@NullMarked
package app.rxjava;

import org.jspecify.annotations.NullMarked;
