package io.stallsight.engine.monitor;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One outbound connection in flight, and its own key: equal to what has the same referent. Weak, so that a socket which
 * is forgotten without having been closed is not in flight for ever.
 */
final class Connection extends WeakReference<Object> {

    final Downstream downstream;
    final Opener opener;
    private final int hash;
    private final AtomicBoolean failed = new AtomicBoolean();

    Connection(Object connection, ReferenceQueue<Object> gone, Downstream downstream, Opener opener) {
        super(connection, gone);
        this.downstream = downstream;
        this.opener = opener;
        this.hash = System.identityHashCode(connection);
    }

    /** Finds a connection without making another reference. */
    static Object key(Object connection) {
        return new Key(connection);
    }

    /** Counts the failure of the connect, once. */
    void failed() {
        if (failed.compareAndSet(false, true)) {
            downstream.failed();
        }
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
        Object referent = get();
        return referent != null && other instanceof Connection that && that.refersTo(referent);
    }

    private static final class Key {
        private final Object connection;

        Key(Object connection) {
            this.connection = connection;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(connection);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Connection that
                    ? that.refersTo(connection)
                    : other instanceof Key key && key.connection == connection;
        }
    }
}
