/** Loops without a framework: a hand-written loop, the JDK's HTTP client. */
@NullMarked
package io.stallsight.it.jdk;

import org.jspecify.annotations.NullMarked;
