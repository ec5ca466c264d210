/** A typical vendor SDK: a simple method hides HTTP calls and a retry with a sleep. Not the shop's code. */
@NullMarked
package com.example.fraud;

import org.jspecify.annotations.NullMarked;
