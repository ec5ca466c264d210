package io.stallsight.engine.metrics;

import java.util.concurrent.TimeUnit;

/** How many series there are at the most; docs/events-and-metrics.md says the same numbers. */
final class Limits {

    /** Stands for everything beyond a limit. */
    static final String OTHERS = "others";

    /** An application has a few hundred blocking sites at most; the worst are among the first. */
    static final int SITES = 200;

    /** Twice the loops of a machine with 64 CPUs. */
    static final int LOOPS = 128;

    static final int POOLS = 100;
    static final int DOWNSTREAMS = 50;

    /** What was not sampled for so many intervals is gone. */
    static final int GONE_INTERVALS = 3;

    /** A pause of the JVM must not make a loop seem gone. */
    static final long GONE_LEAST = TimeUnit.SECONDS.toNanos(5);

    private Limits() {}
}
