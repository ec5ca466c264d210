package io.stallsight.hook;

import java.util.concurrent.TimeUnit;

/**
 * The requests that virtual threads without a state serve.
 *
 * <p><b>Problem.</b> Requests on virtual threads run out of connections as well. But a service has a new thread for
 * each request, and a state for each would cost more than most of them.
 *
 * <p><b>Algorithm.</b> From the first time that one of them calls a pool whose connections are all out, each request on
 * a virtual thread is in a map by its thread, until none has found a pool dry for {@value #SECONDS} s. Until then, a
 * request reads one field.
 *
 * <p><b>Given up.</b> Requests that began before. Most of them have gone when the pool is exhausted.
 */
public final class StallsightVirtualRequests {

    static final int SECONDS = 60;

    private static final StallsightIdentityMap<StallsightRequest> SERVED = new StallsightIdentityMap<>();

    private static volatile boolean remembers;
    private static volatile long lastDry;

    private StallsightVirtualRequests() {}

    /** The current thread has no state, and calls a pool whose connections are all out. */
    static void poolIsDry() {
        lastDry = System.nanoTime();
        if (!remembers) {
            remembers = true;
        }
    }

    /**
     * The current thread, which has no state, begins to serve {@code request}. It does not throw.
     *
     * @return null if that is of no interest
     */
    static StallsightSpan begin(Object request) {
        if (!remembers || StallsightAgent.engine() == null) {
            return null;
        }
        try {
            Thread thread = Thread.currentThread();
            if (!StallsightVirtualThreads.isVirtual(thread) || SERVED.get(thread) != null) {
                return null;
            }
            StallsightRequest served = new StallsightRequest(true);
            served.beginUntimed(request);
            SERVED.put(thread, served);
            served.over = false;
            return served;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    /** The current thread serves no request any more. It does not throw. */
    static void end() {
        try {
            SERVED.remove(Thread.currentThread());
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** {@code route} is that of the request which the current thread serves. It does not throw. */
    static void route(Object route) {
        try {
            StallsightRequest served = of(Thread.currentThread());
            if (served != null) {
                served.route(route);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** What {@code thread} serves; null if it is not known. */
    static StallsightRequest of(Thread thread) {
        return remembers ? SERVED.get(thread) : null;
    }

    /**
     * Nothing is remembered any longer if no pool was dry for {@value #SECONDS} s.
     *
     * @param now {@link System#nanoTime()}
     */
    public static void rest(long now) {
        if (remembers && now - lastDry >= TimeUnit.SECONDS.toNanos(SECONDS)) {
            forget();
        }
    }

    /** Forgets all requests. */
    static void forget() {
        remembers = false;
        SERVED.clear();
    }
}
