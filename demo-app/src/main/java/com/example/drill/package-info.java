/**
 * The drill: starts the shop under Stallsight, drives every failure mode and its twin from outside, and compares the
 * events of Stallsight with the marks in the sources. A program of its own that uses only the JDK: it reads JFR events
 * and HTTP answers, never the agent or the shop in process.
 */
@NullMarked
package com.example.drill;

import org.jspecify.annotations.NullMarked;
