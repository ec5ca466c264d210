/**
 * The drill: starts the shop under Stallsight, drives each failure mode and its twin from outside, and compares
 * Stallsight's events with the marks in the sources. It is a separate program and uses only the JDK. It reads JFR
 * events and HTTP answers, and loads no class of the agent or the shop.
 */
@NullMarked
package com.example.drill;

import org.jspecify.annotations.NullMarked;
