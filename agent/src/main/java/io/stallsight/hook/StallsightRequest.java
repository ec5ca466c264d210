package io.stallsight.hook;

/**
 * The request that a loop serves at the moment: the objects of the server from which the engine reads its name. The
 * thread itself writes and reads it.
 */
public final class StallsightRequest extends StallsightSpan {

    private Object request;
    private Object route;
    private long since;

    /** Of this request while requests are followed, otherwise 0; and what the thread worked for before. */
    private long context;

    private long before;

    StallsightRequest() {}

    void begin(Object served, long now) {
        request = served;
        route = null;
        since = now;
        context = 0;
    }

    /** Work that the thread hands over from here on is of this request, unless there are too many. */
    void follow(StallsightAttribution attribution) {
        before = attribution.current();
        context = StallsightAttribution.ofNextRequest(since);
        attribution.setCurrent(context);
    }

    /** The thread goes back to what it did before the request. Returns the request's context; 0 if it has none. */
    long stopFollowing(StallsightAttribution attribution) {
        long followed = context;
        if (followed != 0 && attribution.current() == followed) {
            attribution.setCurrent(before);
        }
        context = 0;
        return followed;
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
