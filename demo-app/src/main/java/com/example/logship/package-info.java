/** A typical log shipping library: each line waits for the collector. Not the shop's code. */
@NullMarked
package com.example.logship;

import org.jspecify.annotations.NullMarked;
