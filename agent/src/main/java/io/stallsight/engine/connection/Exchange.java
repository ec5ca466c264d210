package io.stallsight.engine.connection;

import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request in flight. Refers weakly to what its client has of it, so that a request which is forgotten without an
 * answer is not in flight for ever.
 */
final class Exchange extends IdentityReference {

    private final FlightCounter requests;
    private final Opener opener;
    private final AtomicBoolean over = new AtomicBoolean();

    Exchange(Object exchange, ReferenceQueue<Object> gone, FlightCounter requests, Opener opener) {
        super(exchange, gone);
        this.requests = requests;
        this.opener = opener;
    }

    /** Takes it out of the requests in flight, once. */
    void ended(boolean failed) {
        if (over.compareAndSet(false, true)) {
            opener.ended();
            requests.ended();
            if (failed) {
                requests.failed();
            }
        }
    }
}
