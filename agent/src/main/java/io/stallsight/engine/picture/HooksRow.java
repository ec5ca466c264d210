package io.stallsight.engine.picture;

import java.util.List;

/**
 * The state of the hooks.
 *
 * @param woven how many are
 * @param waiting for their library to be loaded
 */
public record HooksRow(int woven, int waiting, List<Hole> holes) {

    /** A hook that did not take, or something else that is not seen on this JVM. */
    public record Hole(String hook, String problem) {}
}
