/**
 * The matrix: one small service for each framework, written as its guide would, under the agent without any option.
 *
 * <p>A row is a folder of {@code src/test/matrix}: a Maven project and a {@code row.properties}, see
 * {@link io.stallsight.it.matrix.Row}. All rows share the faults in {@code src/test/matrix/common}.
 */
@org.jspecify.annotations.NullMarked
package io.stallsight.it.matrix;
