package io.stallsight.engine.fact;

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

    /** What to do about it, in one line. */
    public String fix() {
        return switch (this) {
            case BLOCKING_CALL, NATIVE -> "move the call to a thread that may block";
            case CPU -> "move the computation to a small pool of its own, or split it";
            case LOCK -> "hold the lock for less, or do not take it on a loop";
            case MANY_SMALL_TASKS -> "spread the tasks over more loops, or make fewer of them";
            case GC_PAUSE ->
                "give the heap more room, allocate less, or choose a collector with shorter pauses; the code on the loop is innocent";
            case SAFEPOINT -> "-Xlog:safepoint tells which operation it was; the code on the loop is innocent";
            case NOT_SCHEDULED -> "give the process more CPU; the code on the loop is innocent";
            case UNKNOWN -> "the evidence is all there is";
        };
    }

    /** Whether a line of the application is to blame. */
    public boolean hasSite() {
        return switch (this) {
            case BLOCKING_CALL, CPU, LOCK, NATIVE, MANY_SMALL_TASKS -> true;
            case GC_PAUSE, SAFEPOINT, NOT_SCHEDULED, UNKNOWN -> false;
        };
    }
}
