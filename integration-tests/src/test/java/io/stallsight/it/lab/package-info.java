/**
 * The truth test: stalls of known causes on real loops ({@link app.lab.Lab}), and what the agent says of them.
 * {@link io.stallsight.it.lab.StallCausesIT} is a small one for each build, {@link io.stallsight.it.lab.Corpus} the
 * full one.
 */
@NullMarked
package io.stallsight.it.lab;

import org.jspecify.annotations.NullMarked;
