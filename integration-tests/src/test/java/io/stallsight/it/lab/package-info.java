/**
 * The truth test: stalls of known causes on real loops ({@link app.lab.Lab}), and the agent's reports of them.
 * {@link io.stallsight.it.lab.StallCausesIT} runs a few in each build, {@link io.stallsight.it.lab.Corpus} runs many.
 */
@NullMarked
package io.stallsight.it.lab;

import org.jspecify.annotations.NullMarked;
