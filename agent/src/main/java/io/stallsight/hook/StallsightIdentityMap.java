package io.stallsight.hook;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values by object: keys are compared by identity and held weakly, and no method of a key is called. Thread-safe.
 *
 * @param <V> type of the values, which must not refer to their key
 */
public final class StallsightIdentityMap<V> {

    private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    public StallsightIdentityMap() {}

    /** A key in the map. */
    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object object, ReferenceQueue<Object> collected) {
            super(object, collected);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a key whose object is collected equals only itself
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null
                    && (other instanceof Key && ((Key) other).refersTo(object)
                            || other instanceof Probe && ((Probe) other).object == object);
        }
    }

    /** The key of a look-up, which needs no reference. */
    private static final class Probe {
        private final Object object;

        Probe(Object object) {
            this.object = object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key && ((Key) other).refersTo(object);
        }
    }

    /** Returns the value that the object had, or null. */
    public V put(Object object, V value) {
        forgetCollected();
        return values.put(new Key(object, collected), value);
    }

    /** Returns the value that the object had, or null if {@code value} is its first. */
    public V putIfAbsent(Object object, V value) {
        forgetCollected();
        return values.putIfAbsent(new Key(object, collected), value);
    }

    private void forgetCollected() {
        for (Object key = collected.poll(); key != null; key = collected.poll()) {
            values.remove(key);
        }
    }

    /** The value of {@code object}, or null. */
    public V get(Object object) {
        return values.get(new Probe(object));
    }

    /** Returns the value that the object had, or null. */
    public V remove(Object object) {
        return values.remove(new Probe(object));
    }

    /** A live view. */
    public Collection<V> values() {
        return values.values();
    }

    /** The number of keys, some of which may be collected already. */
    public int size() {
        return values.size();
    }

    public void clear() {
        values.clear();
    }
}
