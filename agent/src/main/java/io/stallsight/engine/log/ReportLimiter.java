package io.stallsight.engine.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits reports in the log: one per minute for each key, and {@value #MAX_REPORTS_PER_PERIOD} per minute in all. A
 * site that blocks a thousand times a second must not flood the application's log. Says so when the second limit is
 * reached, since no later report of the same key need come. Lock-free; called on blocked threads.
 */
final class ReportLimiter {

    /** In nanoseconds. */
    static final long PERIOD = TimeUnit.MINUTES.toNanos(1);

    static final int MAX_REPORTS_PER_PERIOD = 60;

    /**
     * From this many keys on, those whose minute is over are removed. A key is remembered only for a report that was
     * allowed, so that no more than those of the last two minutes are left.
     */
    private static final int MANY_KEYS = 4 * MAX_REPORTS_PER_PERIOD;

    private final AtomicLong period = new AtomicLong();
    private final AtomicInteger reportsInPeriod = new AtomicInteger();
    private final Map<String, Long> nextByKey = new ConcurrentHashMap<>();
    private final Runnable onLimit;

    /** @param onLimit is called in each minute in which reports are left out, at the first one */
    ReportLimiter(Runnable onLimit) {
        this.onLimit = onLimit;
    }

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
        if (nextByKey.size() >= MANY_KEYS) {
            nextByKey.values().removeIf(end -> now - end >= 0);
        }
        nextByKey.put(key, now + PERIOD);
        return true;
    }

    /** Returns whether a report may be written, and counts it. */
    boolean allows(long now) {
        long current = now / PERIOD;
        long counted = period.get();
        if (counted != current && period.compareAndSet(counted, current)) {
            reportsInPeriod.set(0);
        }
        int before = reportsInPeriod.getAndIncrement();
        if (before == MAX_REPORTS_PER_PERIOD) {
            onLimit.run();
        }
        return before < MAX_REPORTS_PER_PERIOD;
    }
}
