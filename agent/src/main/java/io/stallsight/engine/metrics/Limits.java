package io.stallsight.engine.metrics;

import java.util.concurrent.TimeUnit;

/** Limits of the number of series and of their lifetime. docs/events-and-metrics.md documents the same numbers. */
final class Limits {

    /** Label value of the series that stands for everything beyond a limit. */
    static final String OTHERS = "others";

    /** An application has a few hundred blocking sites at most, and the worst appear among the first. */
    static final int MAX_SITES = 200;

    /** Kinds of calls, or causes of stalls, times loop groups; an application has a few of each. */
    static final int MAX_KINDS = 100;

    /** Twice the number of loops on a machine with 64 CPUs. */
    static final int MAX_LOOPS = 128;

    static final int MAX_POOLS = 100;
    static final int MAX_DOWNSTREAMS = 50;

    /** A loop, pool or downstream without a sample for this many intervals counts as gone. */
    static final int RETENTION_INTERVALS = 3;

    /** Shortest retention, in nanoseconds: with a short interval, a pause of the JVM must not make a loop seem gone. */
    static final long MIN_RETENTION = TimeUnit.SECONDS.toNanos(5);

    private Limits() {}
}
