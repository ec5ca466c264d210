@NullMarked
package app.pekko;

import org.jspecify.annotations.NullMarked;
