/**
 * Reads one entry of a catalog file: its keys, the methods that it names and the JDKs that it is about. Errors name
 * file, section, entry and key. Runs once, on the thread that starts the agent.
 */
@NullMarked
package io.stallsight.engine.catalog.entry;

import org.jspecify.annotations.NullMarked;
