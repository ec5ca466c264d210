package io.stallsight.engine.thread;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A value for each thread. Threads are compared by identity: an application may override {@code equals} and
 * {@code hashCode} of a thread. Thread-safe.
 *
 * @param <V> the type of the values
 */
public final class ThreadMap<V> {

    private record Key(Thread thread) {
        @Override
        public int hashCode() {
            return System.identityHashCode(thread);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the purpose of this class
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.thread == thread;
        }
    }

    /** @param changes of the map before the values were read */
    private record Snapshot<V>(int changes, List<V> values) {}

    private final ConcurrentHashMap<Key, V> values = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Snapshot<V> snapshot = new Snapshot<>(0, List.of());

    /** Returns the former value, or null. */
    public @Nullable V put(Thread thread, V value) {
        V former = values.put(new Key(thread), value);
        changes.incrementAndGet();
        return former;
    }

    public void putIfAbsent(Thread thread, V value) {
        values.putIfAbsent(new Key(thread), value);
        changes.incrementAndGet();
    }

    public @Nullable V get(Thread thread) {
        return values.get(new Key(thread));
    }

    public @Nullable V remove(Thread thread) {
        V former = values.remove(new Key(thread));
        changes.incrementAndGet();
        return former;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The values at this moment. Costs nothing while none comes and none goes: readers come often, changes rarely. */
    public List<V> values() {
        Snapshot<V> known = snapshot;
        int at = changes.get(); // before the values: a change in between makes the next reader look again
        if (known.changes != at) {
            known = new Snapshot<>(at, List.copyOf(values.values()));
            snapshot = known;
        }
        return known.values;
    }
}
