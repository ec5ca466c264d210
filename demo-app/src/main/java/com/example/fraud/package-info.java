/** A vendor SDK as they come: a friendly method that hides HTTP calls and a retry with a sleep. Not the shop's code. */
@NullMarked
package com.example.fraud;

import org.jspecify.annotations.NullMarked;
