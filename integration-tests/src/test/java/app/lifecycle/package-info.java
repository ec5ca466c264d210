@NullMarked
package app.lifecycle;

import org.jspecify.annotations.NullMarked;
