package io.stallsight.engine.connection;

import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One outbound connection in flight. Weak, so that a socket which is forgotten without having been closed is not in
 * flight for ever.
 */
final class Connection extends IdentityReference {

    private final FlightCounter connections;
    private final Opener opener;
    private final AtomicBoolean failed = new AtomicBoolean();

    Connection(Object connection, ReferenceQueue<Object> gone, FlightCounter connections, Opener opener) {
        super(connection, gone);
        this.connections = connections;
        this.opener = opener;
    }

    /** Takes it out of the connections in flight. To be called once. */
    void ended() {
        opener.ended();
        connections.ended();
    }

    /** Counts the failure of the connect, once. */
    void failed() {
        if (failed.compareAndSet(false, true)) {
            connections.failed();
        }
    }
}
