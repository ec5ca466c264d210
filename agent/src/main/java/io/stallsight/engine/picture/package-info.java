/**
 * The facts of one JVM over the last hour, for the dashboard, its snapshot, {@code report} and {@code top}. A source
 * (the running engine, or a recording) puts facts into a {@link io.stallsight.engine.picture.Picture}; a reader takes a
 * {@link io.stallsight.engine.picture.View}, with a {@link io.stallsight.engine.picture.Verdict}, or JSON in the shape
 * of docs/api.md.
 *
 * <p>The picture stores the facts themselves, in bounded memory, and makes no copies of them. Nothing is observed here,
 * and nothing is written to a socket or file. Threads: the sampling thread puts facts in, any thread may take a view,
 * and the picture's lock is held for no longer than that takes.
 */
@NullMarked
package io.stallsight.engine.picture;

import org.jspecify.annotations.NullMarked;
