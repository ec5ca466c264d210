/** The dashboard's page in a real browser. */
@NullMarked
package io.stallsight.it.dashboard;

import org.jspecify.annotations.NullMarked;
