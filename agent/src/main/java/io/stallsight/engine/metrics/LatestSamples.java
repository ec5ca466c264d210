package io.stallsight.engine.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The latest sample of each loop, pool or downstream, until no sample arrived for a few intervals. Not thread-safe. */
final class LatestSamples<T> {

    private record Entry<T>(T sample, long receivedAt) {}

    private final Map<Object, Entry<T>> entries = new LinkedHashMap<>();
    private final long retention;

    /** @param interval time between two samples, in nanoseconds */
    LatestSamples(long interval) {
        retention = Math.max(Limits.RETENTION_INTERVALS * interval, Limits.MIN_RETENTION);
    }

    /** @param now {@link System#nanoTime()} */
    void put(Object key, T sample, long now) {
        entries.put(key, new Entry<>(sample, now));
    }

    /** Forgets expired samples and returns the remaining keys. */
    Collection<Object> expire(long now) {
        entries.values().removeIf(entry -> now - entry.receivedAt > retention);
        return entries.keySet();
    }

    void forEach(Consumer<T> action) {
        entries.values().forEach(entry -> action.accept(entry.sample));
    }
}
