@NullMarked
package app.reactor;

import org.jspecify.annotations.NullMarked;
