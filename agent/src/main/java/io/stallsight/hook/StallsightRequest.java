package io.stallsight.hook;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The request that a thread serves at the moment: the objects of the server from which the engine reads its name. The
 * thread itself writes it. Another thread that reads it asks {@link #isCurrent} before and after: servers use one
 * object for many requests.
 */
public final class StallsightRequest extends StallsightSpan {

    private Object request;
    private Object route;
    private long since;
    private long came = StallsightArrivals.UNKNOWN;
    private boolean continued;

    /** It is over, and kept: the running tick may go on with it. */
    private boolean stays;

    /** Of this request, among those of the thread; odd while one is served. */
    private final AtomicInteger number = new AtomicInteger();

    /** Whether it has no time, since its thread may block. */
    private boolean untimed;

    /** Of this request while requests are followed, otherwise 0; and what the thread worked for before. */
    private long context;

    private long before;

    private final boolean ofVirtualThread;

    StallsightRequest() {
        this(false);
    }

    /** @param ofVirtualThread whether its thread has no state */
    StallsightRequest(boolean ofVirtualThread) {
        this.ofVirtualThread = ofVirtualThread;
    }

    boolean isOfVirtualThread() {
        return ofVirtualThread;
    }

    void begin(Object served, long now) {
        begin(served);
        since = now;
    }

    private void begin(Object served) {
        continued = stays && request == served;
        if (!continued) {
            request = served;
            route = null;
        }
        stays = false;
        came = StallsightArrivals.UNKNOWN;
        context = 0;
        untimed = false;
        number.lazySet(number.get() | 1); // cheap; another thread that sees it sees the request
    }

    /** A thread that may block begins to serve a request. */
    void beginUntimed(Object served) {
        begin(served);
        untimed = true;
    }

    /** Whether it was begun by {@link #beginUntimed}. */
    boolean isUntimed() {
        return untimed;
    }

    /**
     * Work that the thread hands over from here on is of this request. Returns its context; 0 if there are too many.
     */
    long follow(StallsightAttribution attribution) {
        before = attribution.current();
        context = StallsightAttribution.ofNextRequest(since);
        attribution.setCurrent(context);
        return context;
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

    /**
     * When it came, {@link System#nanoTime()}; {@link StallsightArrivals#UNKNOWN} if no loop was late then, or it was
     * not measured.
     */
    public long came() {
        return came;
    }

    /** See {@link #came}. By the thread that has begun to serve it. */
    public void setCame(long time) {
        came = time;
    }

    void route(Object found) {
        route = found;
    }

    /**
     * Whether the running tick has begun with this request before, and with no other since: a server calls once for its
     * head, and for its body.
     */
    public boolean isContinued() {
        return continued;
    }

    /** The running tick, which is in the server's call, may go on with this request: it is kept until the tick ends. */
    void stay() {
        stays = true;
    }

    void end() {
        over = true;
        number.lazySet(number.get() + 1 & ~1);
        if (!stays) {
            request = null;
            route = null;
        }
    }

    /** The running tick ends. */
    void tickEnds() {
        if (stays) {
            stays = false;
            request = null;
            route = null;
        }
    }

    /** The number of the request that the thread serves, for {@link #isCurrent}. Called by any thread. */
    public int number() {
        return number.get();
    }

    /**
     * Whether the thread serves the request of that number. What was read of it between two calls that say so is of
     * that request. Called by any thread.
     */
    public boolean isCurrent(int ofRequest) {
        return number.get() == ofRequest && (ofRequest & 1) == 1 && !over;
    }

    /** The server's request; null if the thread serves none. */
    public Object request() {
        return over ? null : request;
    }

    /** What its framework knows of its route; null if nothing is known. */
    public Object route() {
        return over ? null : route;
    }

    /** {@link System#nanoTime()} at which a thread that must not block began to serve it. */
    public long since() {
        return since;
    }
}
