/**
 * Woven classes that earlier JVMs of this user left in a folder, so that a start needs no weaving.
 *
 * <p>{@code WeaveCache} is what the weaver asks. {@code CacheFile} is the file of one build of the agent, and
 * {@code CacheFolder} decides whether a folder is safe. A class is taken from the cache only if its file is equal, byte
 * by byte, to the one that was woven; {@code ClassFiles} knows the one exception.
 */
@NullMarked
package io.stallsight.engine.weavecache;

import org.jspecify.annotations.NullMarked;
