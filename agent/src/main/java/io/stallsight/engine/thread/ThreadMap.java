package io.stallsight.engine.thread;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
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

    private final ConcurrentHashMap<Key, V> values = new ConcurrentHashMap<>();

    /** Returns the former value, or null. */
    public @Nullable V put(Thread thread, V value) {
        return values.put(new Key(thread), value);
    }

    public void putIfAbsent(Thread thread, V value) {
        values.putIfAbsent(new Key(thread), value);
    }

    public @Nullable V get(Thread thread) {
        return values.get(new Key(thread));
    }

    public @Nullable V remove(Thread thread) {
        return values.remove(new Key(thread));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** A live view. */
    public Collection<V> values() {
        return values.values();
    }
}
