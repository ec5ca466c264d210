package io.stallsight.bench;

/** The thread that makes the call, and the rules for it. */
enum Situation {
    MAY_BLOCK("thread that may block"),
    BELOW_THRESHOLD("non-blocking thread, below the threshold"),
    REPORTED("non-blocking thread, reported"),
    /** The callback creates BlockHound's error and finds the line to blame in it, as Stallsight always does. */
    BLAMED("non-blocking thread, reported with the line to blame"),
    ALLOWED("non-blocking thread, allowed by a rule"),
    /** The cost of an allowed short call with the default threshold; BlockHound has no threshold. */
    ALLOWED_BELOW_THRESHOLD("non-blocking thread, allowed, below the threshold");

    /** JMH's names of the measuring threads. */
    private static final String WORKERS = "*-jmh-worker-*";

    final String title;

    Situation(String title) {
        this.title = title;
    }

    /** The situation to measure instead, for a watcher that does not know the difference. */
    Situation measuredAs(Watcher watcher) {
        return switch (watcher) {
            case NONE -> MAY_BLOCK;
            case STALLSIGHT -> this == BLAMED ? REPORTED : this;
            case BLOCKHOUND -> this == ALLOWED_BELOW_THRESHOLD ? ALLOWED : this;
        };
    }

    /** The agent's options. Everything else is as in production. */
    String stallsightOptions() {
        String rule = "allow=" + HookedCalls.class.getName();
        return switch (this) {
            case MAY_BLOCK -> "";
            case BELOW_THRESHOLD -> "threads=" + WORKERS;
            case REPORTED, BLAMED -> "threads=" + WORKERS + ",threshold.blocking=0ms";
            case ALLOWED -> "threads=" + WORKERS + ",threshold.blocking=0ms," + rule;
            case ALLOWED_BELOW_THRESHOLD -> "threads=" + WORKERS + "," + rule;
        };
    }
}
