/**
 * One class for each failure mode: code that blocks the loop ({@code /wrong}) beside code that does not
 * ({@code /right}).
 *
 * <p>A line on which a loop blocks ends with the comment {@code // blocks here: <mode>}. The drill reads these marks
 * from the sources and expects Stallsight to name exactly these lines, so keep the comment on the line of the call.
 */
@NullMarked
package com.example.shop.mode;

import org.jspecify.annotations.NullMarked;
