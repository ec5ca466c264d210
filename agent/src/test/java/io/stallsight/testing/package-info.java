/** What several tests share: stacks, points, a compiler in memory. */
package io.stallsight.testing;
