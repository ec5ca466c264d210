@NullMarked
package app.jdk;

import org.jspecify.annotations.NullMarked;
