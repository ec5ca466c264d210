package io.stallsight.bench;

/** On which thread, and with which rules, the call is made. */
enum Situation {
    MAY_BLOCK("on a thread that may block"),
    BELOW_THRESHOLD("on a non-blocking thread, below the threshold"),
    REPORTED("on a non-blocking thread, reported"),
    ALLOWED("on a non-blocking thread, allowed by a rule"),
    ALLOWED_BELOW_THRESHOLD("on a non-blocking thread, allowed by a rule, below the threshold");

    /** JMH's names for the threads that measure. */
    private static final String WORKERS = "*-jmh-worker-*";

    final String title;

    Situation(String title) {
        this.title = title;
    }

    /** The agent's options, all else being as in production. */
    String stallsightOptions() {
        String rule = "allow=" + HookedCalls.class.getName();
        return switch (this) {
            case MAY_BLOCK -> "";
            case BELOW_THRESHOLD -> "threads=" + WORKERS;
            case REPORTED -> "threads=" + WORKERS + ",threshold.blocking=0ms";
            case ALLOWED -> "threads=" + WORKERS + ",threshold.blocking=0ms," + rule;
            case ALLOWED_BELOW_THRESHOLD -> "threads=" + WORKERS + "," + rule;
        };
    }
}
