package io.stallsight.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * A method that the agent hooks, and whether the hook took. An output reads them when it needs them, as they seldom
 * change.
 *
 * @param hook the method: {@code java.lang.Thread#sleep(long)}
 * @param library that the method belongs to
 * @param type of the point: {@code BLOCKING}, {@code LOOP_IDLE}
 * @param problem what went wrong, null if nothing did
 */
public record HookStatus(
        String hook,
        String library,
        String type,
        State state,
        @Nullable String problem) {

    /** Whether the hook took. */
    public enum State {
        /** The class has not been loaded yet. */
        WAITING,
        WOVEN,
        /** The class is there, the method is not (or has no body and no stand-in). */
        MISSING,
        /** The JVM refused the woven class. */
        FAILED
    }

    /** Whether the agent does not see calls of the method on this JVM. */
    public boolean isHole() {
        return state == State.MISSING || state == State.FAILED;
    }
}
