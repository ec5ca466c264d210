package io.stallsight.engine.monitor;

/** Why a loop was late. */
public enum Cause {
    BLOCKING_CALL,
    CPU,
    LOCK,
    GC_PAUSE,
    SAFEPOINT,
    NOT_SCHEDULED,
    NATIVE,
    MANY_SMALL_TASKS,
    UNKNOWN;

    /** Whether a line of the application is to blame. */
    public boolean hasSite() {
        return switch (this) {
            case BLOCKING_CALL, CPU, LOCK, NATIVE, MANY_SMALL_TASKS -> true;
            case GC_PAUSE, SAFEPOINT, NOT_SCHEDULED, UNKNOWN -> false;
        };
    }
}
