package io.stallsight.engine.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The last sample of each thing, until none has come for a few intervals. */
final class Recent<T> {

    private record Entry<T>(T sample, long at) {}

    private final Map<Object, Entry<T>> entries = new LinkedHashMap<>();
    private final long patience;

    /** @param interval of the samples, nanoseconds */
    Recent(long interval) {
        patience = Math.max(Limits.GONE_INTERVALS * interval, Limits.GONE_LEAST);
    }

    /** @param now {@link System#nanoTime()} */
    void put(Object thing, T sample, long now) {
        entries.put(thing, new Entry<>(sample, now));
    }

    /** Forgets what is gone. */
    Collection<Object> present(long now) {
        entries.values().removeIf(entry -> now - entry.at > patience);
        return entries.keySet();
    }

    void forEach(Consumer<T> action) {
        entries.values().forEach(entry -> action.accept(entry.sample));
    }
}
