@NullMarked
package app.http;

import org.jspecify.annotations.NullMarked;
