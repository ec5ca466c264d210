@NullMarked
package app.jdbc;

import org.jspecify.annotations.NullMarked;
