/**
 * The drill: starts the shop under Stallsight, drives every failure mode and its twin from outside, and compares what
 * Stallsight said with what the sources mark as blocking. A program of its own that uses nothing but the JDK: it reads
 * JFR events and HTTP answers, never the agent or the shop in process.
 */
@NullMarked
package com.example.drill;

import org.jspecify.annotations.NullMarked;
