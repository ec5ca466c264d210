/** A pricing plug-in whose static initialiser is slow. Not the shop's code. */
@NullMarked
package com.example.pricing;

import org.jspecify.annotations.NullMarked;
