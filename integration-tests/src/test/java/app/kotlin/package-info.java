@NullMarked
package app.kotlin;

import org.jspecify.annotations.NullMarked;
