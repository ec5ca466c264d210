/** A log shipping library as they come: each line waits for the collector. Not the shop's code. */
@NullMarked
package com.example.logship;

import org.jspecify.annotations.NullMarked;
