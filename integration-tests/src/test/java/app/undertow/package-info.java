@NullMarked
package app.undertow;

import org.jspecify.annotations.NullMarked;
