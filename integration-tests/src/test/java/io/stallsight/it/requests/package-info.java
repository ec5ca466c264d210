/** Tests of what is known of requests on threads that may block. */
@NullMarked
package io.stallsight.it.requests;

import org.jspecify.annotations.NullMarked;
