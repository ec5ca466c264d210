package io.stallsight.hook;

/**
 * Entry points of woven code for requests: a server calls the application for a request, and a framework finds its
 * route.
 *
 * <p><b>Problem.</b> People who are paged think in requests, not in threads. But a loop serves thousands in a second,
 * and to make the name of one costs more than most of them.
 *
 * <p><b>Algorithm.</b> While the server's call lasts, the state of the thread refers to the server's object. Nothing is
 * read from it unless the engine reports a call, or the request kept its loop for {@value #MIN_MILLIS} ms. That costs a
 * request two thread-local reads and two readings of the clock, and no garbage. The outermost call counts: a server
 * that is called within another one serves the same request. On a thread that may block, the clock is not read: its
 * request is of interest only when a pool is exhausted, to say who waits for it and who holds it.
 *
 * <p>Work that goes on in a later tick or on another thread is followed by {@link StallsightContexts}, for a while
 * after something without a known request was reported; only then is the name of each request read, at the end of its
 * call.
 *
 * <p><b>Given up.</b> The request of the first such report. Of virtual threads without a state, those of
 * {@link StallsightVirtualRequests} are known.
 */
public final class StallsightRequests {

    static final int MIN_MILLIS = 10;
    private static final long MIN_NANOS = MIN_MILLIS * 1_000_000L;

    /** Serving begins. */
    private static final long BEGUN = 1;

    private static final Serve SERVE = new Serve();
    private static final ServeExit SERVE_EXIT = new ServeExit();
    private static final Route ROUTE = new Route();
    private static final Trace TRACE = new Trace();

    private StallsightRequests() {}

    /**
     * The thread begins to serve {@code request}.
     *
     * @return what {@link #serveExit} takes; null if that is of no interest
     */
    public static StallsightSpan serveEnter(int point, Object request) {
        StallsightThread state = StallsightHook.current();
        if (request == null) {
            return null;
        }
        if (state == null) {
            return StallsightVirtualRequests.begin(request);
        }
        if (state.mayBlock() && !isTimedOnAll()) {
            return remember(state, request);
        }
        StallsightRequest served = state.request();
        if (SERVE.begin(state, point, request, null) != BEGUN) {
            return null;
        }
        served.over = false;
        return served;
    }

    /** Threads that may block hand work to loops: that is of interest while requests are followed. */
    private static boolean isTimedOnAll() {
        return StallsightContexts.isFollowed();
    }

    /** The thread may wait as long as it likes: only the reports of what it waits for name its request. */
    private static StallsightSpan remember(StallsightThread state, Object request) {
        StallsightRequest served = state.request();
        if (!served.over || StallsightHook.agentWorksOn(state) || StallsightAgent.engine() == null) {
            return null;
        }
        served.beginUntimed(request);
        served.over = false;
        return served;
    }

    /** The server's call returned or threw. Woven code has set the span to be over. */
    public static void serveExit(StallsightSpan served) {
        StallsightRequest request = (StallsightRequest) served;
        if (!request.isUntimed()) {
            SERVE_EXIT.end(served, 0, null);
        }
        if (request.isOfVirtualThread()) {
            StallsightVirtualRequests.end();
        }
        request.end(); // also if the engine is gone: nothing of the application is kept
    }

    /** {@code route} is that of the request which the thread serves. */
    public static void route(int point, Object route) {
        StallsightThread state = StallsightHook.current();
        if (route != null && state == null) {
            StallsightVirtualRequests.route(route);
        } else if (route != null && (!state.request().over || StallsightPoints.isProving())) {
            ROUTE.begin(state, point, route, null);
        }
    }

    /** Another trace is about to become current on the thread. Costs nothing but a count, unless the thread is late. */
    public static void trace(int point) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            StallsightTraced traced = state.traced();
            if (traced.isSeen() || state.hasPending() || state.isProving()) {
                TRACE.begin(state, point, null, null);
            }
            traced.change();
        }
    }

    private static final class Serve extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object request, Object unused) {
            StallsightRequest served = state.request();
            if (!served.over) {
                return NOTHING;
            }
            served.begin(request, System.nanoTime());
            StallsightLoop loop = state.loop();
            if (loop != null && loop.tick().victims().knowsArrivals() && !served.isContinued()) {
                engine.requestBegins(state, loop);
            }
            if (StallsightAttribution.followsRequests()) {
                long context = served.follow(state.attribution());
                if (context != 0) {
                    engine.requestFollows(state, context);
                }
            }
            return BEGUN;
        }
    }

    private static final class ServeExit extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int unused, Object none, Object span) {
            StallsightRequest served = state.request();
            StallsightLoop loop = state.loop();
            long context = served.stopFollowing(state.attribution());
            if (context != 0) {
                followed(engine, state, served, context);
            }
            if (loop != null) {
                waited(engine, state, loop, served);
            }
            if (state.hasPending() || loop != null && System.nanoTime() - served.since() >= MIN_NANOS) {
                served.over = false; // its name can be read once more
                try {
                    engine.requestServed(state, System.nanoTime() - served.since());
                } finally {
                    served.over = true; // a request that stays open would get what the next one does
                }
            }
            if (loop != null && loop.inTick()) {
                served.stay();
            }
            return NOTHING;
        }
    }

    private static void followed(
            StallsightEngine engine, StallsightThread state, StallsightRequest served, long context) {
        served.over = false; // its name can be read once more
        try {
            engine.requestFollowed(state, context);
        } finally {
            served.over = true;
        }
    }

    private static void waited(
            StallsightEngine engine, StallsightThread state, StallsightLoop loop, StallsightRequest served) {
        StallsightWaiters waiters = loop.tick().waiters();
        boolean late = waiters.hasEvent() && loop.inTick() && loop.isSlow(served.since());
        boolean waited = waiters.isServingWaiter() || served.came() != StallsightArrivals.UNKNOWN;
        if (late || waited) {
            served.over = false; // its name can be read once more
            try {
                engine.requestWaited(state, late, waited);
            } finally {
                served.over = true;
            }
        }
    }

    private static final class Route extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object route, Object unused) {
            state.request().route(route);
            return NOTHING;
        }
    }

    private static final class Trace extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            if (state.hasPending()) {
                engine.publishPending(state); // while the trace is current that was current then
            }
            StallsightLoop loop = state.loop();
            if (loop != null && state.traced().isSeen()) {
                engine.traceEnds(state, loop);
            }
            return NOTHING;
        }
    }
}
