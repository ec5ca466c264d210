package io.stallsight.engine.fact;

/** Why a loop was late: the one table of the words for a cause and of what to do about it. */
public enum Cause {
    BLOCKING_CALL("a blocking call", "blocking calls", true, Fixes.MOVE_THE_CALL),
    CPU("computing", "computing", true, "move the computation to a small pool of its own, or split it"),
    LOCK("waiting for a lock", "waiting for locks", true, "hold the lock for less, or do not take it on a loop"),
    GC_PAUSE(
            "garbage collection",
            "garbage collection",
            false,
            "give the heap more room, allocate less, or choose a collector with shorter pauses;" + Fixes.INNOCENT),
    SAFEPOINT(
            "a safepoint of the JVM",
            "safepoints of the JVM",
            false,
            "-Xlog:safepoint shows which operation it was;" + Fixes.INNOCENT),
    NOT_SCHEDULED("waiting for a CPU", "waiting for a CPU", false, "give the process more CPU;" + Fixes.INNOCENT),
    NATIVE("native code", "native code", true, Fixes.MOVE_THE_CALL),
    MANY_SMALL_TASKS(
            "many small tasks", "many small tasks", true, "spread the tasks over more loops, or make fewer of them"),
    UNKNOWN("unexplained", "unexplained", false, "the evidence is all there is");

    private static final class Fixes {
        static final String MOVE_THE_CALL = "move the call to a thread that may block";
        static final String INNOCENT = " the code on the loop is innocent";
    }

    private final String words;
    private final String kind;
    private final boolean hasSite;
    private final String fix;

    Cause(String words, String kind, boolean hasSite, String fix) {
        this.words = words;
        this.kind = kind;
        this.hasSite = hasSite;
        this.fix = fix;
    }

    /** The cause with a name; {@link #UNKNOWN} for a name that this version does not know. */
    public static Cause named(String name) {
        for (Cause known : values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return UNKNOWN;
    }

    /** What took the time, in a sentence. */
    public String words() {
        return words;
    }

    /** What takes the time of several stalls, in a sentence. */
    public String kind() {
        return kind;
    }

    /** What to do about it, in one line. */
    public String fix() {
        return fix;
    }

    /** Whether a line of the application is to blame. */
    public boolean hasSite() {
        return hasSite;
    }

    /** Whether it is known that no code on the loop is to blame. */
    public boolean isNobodys() {
        return !hasSite && this != UNKNOWN;
    }
}
