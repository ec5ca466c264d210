package io.stallsight.hook;

/**
 * The request that a loop serves at the moment: the objects of the server from which the engine reads its name. The
 * thread itself writes and reads it.
 */
public final class StallsightRequest extends StallsightSpan {

    private Object request;
    private Object route;
    private long since;

    StallsightRequest() {}

    void begin(Object served, long now) {
        request = served;
        route = null;
        since = now;
    }

    void route(Object found) {
        route = found;
    }

    void end() {
        over = true;
        request = null;
        route = null;
    }

    /** The server's request; null if the thread serves none. */
    public Object request() {
        return over ? null : request;
    }

    /** What its framework knows of its route; null if nothing is known. */
    public Object route() {
        return over ? null : route;
    }

    /** {@link System#nanoTime()} at which the thread began to serve it. */
    public long since() {
        return since;
    }
}
