package io.stallsight.engine.connection;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A weak reference that is its own key in a map: equal to what has the same referent. */
class IdentityReference extends WeakReference<Object> {

    private final int hash;

    IdentityReference(Object referent, ReferenceQueue<Object> gone) {
        super(referent, gone);
        this.hash = System.identityHashCode(referent);
    }

    /** Finds the reference to an object without making another one. */
    static Object key(Object referent) {
        return new Key(referent);
    }

    @Override
    public final int hashCode() {
        return hash;
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        Object referent = get();
        return referent != null && other instanceof IdentityReference that && that.refersTo(referent);
    }

    private static final class Key {
        private final Object referent;

        Key(Object referent) {
            this.referent = referent;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(referent);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof IdentityReference that
                    ? that.refersTo(referent)
                    : other instanceof Key key && key.referent == referent;
        }
    }
}
