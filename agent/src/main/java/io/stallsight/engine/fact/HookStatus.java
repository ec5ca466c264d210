package io.stallsight.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * A method that is watched, and whether its hook took. An output asks for them, as they seldom change.
 *
 * @param hook the method: {@code java.lang.Thread#sleep(long)}
 * @param library whose method it is
 * @param type what the hook is for
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
        /** The class was not loaded so far. */
        WAITING,
        WOVEN,
        /** The class is there, the method is not (or has no body and no stand-in). */
        MISSING,
        /** The JVM refused the woven class. */
        FAILED
    }

    /** Whether calls of the method are not seen on this JVM. */
    public boolean isHole() {
        return state == State.MISSING || state == State.FAILED;
    }
}
