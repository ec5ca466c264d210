package io.stallsight.bench;

/** On which thread, and with which rules, the call is made. */
enum Situation {
    MAY_BLOCK("thread that may block"),
    BELOW_THRESHOLD("non-blocking thread, below the threshold"),
    REPORTED("non-blocking thread, reported"),
    /** BlockHound's error is made and the line of code to blame is read from it; Stallsight always does. */
    BLAMED("non-blocking thread, reported with the line to blame"),
    ALLOWED("non-blocking thread, allowed by a rule"),
    /** What an allowed short call costs with the default threshold; BlockHound has none. */
    ALLOWED_BELOW_THRESHOLD("non-blocking thread, allowed, below the threshold");

    /** JMH's names for the threads that measure. */
    private static final String WORKERS = "*-jmh-worker-*";

    final String title;

    Situation(String title) {
        this.title = title;
    }

    /** The situation in which this one is measured for a watcher that does not know the difference. */
    Situation measuredAs(Watcher watcher) {
        return switch (watcher) {
            case NONE -> MAY_BLOCK;
            case STALLSIGHT -> this == BLAMED ? REPORTED : this;
            case BLOCKHOUND -> this == ALLOWED_BELOW_THRESHOLD ? ALLOWED : this;
        };
    }

    /** The agent's options, all else being as in production. */
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
