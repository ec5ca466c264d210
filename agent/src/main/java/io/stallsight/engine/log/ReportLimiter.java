package io.stallsight.engine.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits reports in the log: one per minute for each key, and {@value #MAX_REPORTS_PER_PERIOD} per minute in all. A
 * site that blocks a thousand times a second must not flood the application's log. Lock-free; called on blocked
 * threads.
 */
final class ReportLimiter {

    /** In nanoseconds. */
    static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    private static final int MAX_REPORTS_PER_PERIOD = 60;

    /** Bounds the memory. The keys beyond it have no limit of their own. */
    private static final int MAX_KEYS = 1_000;

    private final AtomicLong period = new AtomicLong();
    private final AtomicInteger reportsInPeriod = new AtomicInteger();
    private final Map<String, Long> nextByKey = new ConcurrentHashMap<>();

    /**
     * Returns whether a report with this key may be written, and counts it if so.
     *
     * @param now {@link System#nanoTime()}
     */
    boolean allows(String key, long now) {
        Long next = nextByKey.get(key);
        if (next != null && now - next < 0 || !allows(now)) {
            return false;
        }
        if (nextByKey.size() < MAX_KEYS) {
            nextByKey.put(key, now + PERIOD);
        }
        return true;
    }

    /** Returns whether a report may be written, and counts it. */
    boolean allows(long now) {
        long current = now / PERIOD;
        long counted = period.get();
        if (counted != current && period.compareAndSet(counted, current)) {
            reportsInPeriod.set(0);
        }
        return reportsInPeriod.getAndIncrement() < MAX_REPORTS_PER_PERIOD;
    }
}
