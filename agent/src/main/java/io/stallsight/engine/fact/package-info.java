/**
 * What was observed: immutable records with all that a reader needs. The room that observes makes one, and every output
 * takes that one: log, JFR, metrics, JMX, the picture, the test support.
 *
 * <p>A fact holds names, numbers and stack frames, and no object of the application: no thread, no executor, no class.
 * Where such an object is needed to go on observing, it stays in the room that observes. No output lives here, and no
 * clock but the one that {@link io.stallsight.engine.fact.Fact} describes. Words that several outputs show are made
 * here, once. Facts may be read on any thread.
 */
@NullMarked
package io.stallsight.engine.fact;

import org.jspecify.annotations.NullMarked;
