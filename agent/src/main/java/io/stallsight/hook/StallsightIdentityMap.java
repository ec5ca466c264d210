package io.stallsight.hook;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers by object: keys are compared by identity and held weakly, and no method of a key is called. Thread-safe. */
final class StallsightIdentityMap {

    private final ConcurrentHashMap<Object, Long> numbers = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

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

    void put(Object object, long number) {
        for (Object key = collected.poll(); key != null; key = collected.poll()) {
            numbers.remove(key);
        }
        numbers.put(new Key(object, collected), number);
    }

    /** The number of {@code object}, or {@code otherwise} if it has none. */
    long get(Object object, long otherwise) {
        Long number = numbers.get(new Probe(object));
        return number == null ? otherwise : number;
    }

    void clear() {
        numbers.clear();
    }
}
