package io.stallsight.engine.memory;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects of the application that the agent has met: compared by identity and held weakly, and none of their methods is
 * called. Thread-safe.
 *
 * @param <T> type of the objects
 */
public final class WeakIdentitySet<T> {

    private static final class Key extends WeakReference<Object> {
        private final int hash;

        Key(Object object, @Nullable ReferenceQueue<Object> gone) {
            super(object, gone);
            hash = System.identityHashCode(object);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object object = get();
            return object != null && other instanceof Key key && key.refersTo(object);
        }
    }

    private final Set<Object> keys = ConcurrentHashMap.newKeySet();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();

    /** Returns whether the object was not in the set. */
    public boolean add(T object) {
        for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
            keys.remove(lost);
        }
        return keys.add(new Key(object, gone));
    }

    /** The number of objects, some of which may be collected already. */
    public int size() {
        return keys.size();
    }
}
