package io.stallsight.engine.reflect;

import io.stallsight.hook.StallsightContexts;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The names of requests whose work goes on in a later tick or on another thread.
 *
 * <p><b>Problem.</b> A handler calls a service and blocks when the answer is there: the request is not the one that the
 * thread serves at that moment. To follow the work of each request costs every hand-over, and nearly always for
 * nothing.
 *
 * <p><b>Algorithm.</b> The first report without a known request {@linkplain #wanted turns that on}:
 * {@link StallsightContexts} gives each request a context that travels with its work, and at the end of the server's
 * call its name is kept here. Reports look up the context of their thread. It is turned off {@value #SECONDS} s after
 * the last report that needed it.
 *
 * <p><b>Invariants.</b> A context is looked up by its number, which no other request of this JVM has: what is left from
 * an earlier time is not found. Thread-safe.
 *
 * <p><b>Given up.</b> The request of the first report, and of work that goes on after {@value #MAX_REQUESTS} further
 * requests, or {@value #MAX_SECONDS} s: by then it may be a worker for all that one request has started.
 */
public final class HandedOnRequests {

    /** A site that blocks once a minute keeps it on. */
    static final int SECONDS = 60;

    private static final int MAX_SECONDS = 30;

    /** At most 1,000 a second are followed; 150 KB, and 32 bytes more for each that is kept. */
    static final int MAX_REQUESTS = 32_768;

    private final AtomicReference<@Nullable Following> following = new AtomicReference<>();

    /** A time in which requests are followed. */
    private static final class Following {
        final AtomicReferenceArray<Named> latest = new AtomicReferenceArray<>(MAX_REQUESTS);
        volatile long until;

        Following(long now) {
            goOn(now);
        }

        void goOn(long now) {
            until = now + TimeUnit.SECONDS.toNanos(SECONDS);
        }
    }

    /** @param time at which the server's call ended, {@link System#nanoTime()} */
    private record Named(long context, String name, long time) {}

    HandedOnRequests() {}

    /** The name of the request that has handed on the work of {@code context}; empty if it is not known. */
    String nameOf(long context) {
        Following current = following.get();
        Named named = current == null || context == 0 ? null : current.latest.get(index(context));
        return named != null
                        && named.context == context
                        && System.nanoTime() - named.time < TimeUnit.SECONDS.toNanos(MAX_SECONDS)
                ? named.name
                : "";
    }

    /** The server's call for the request of {@code context} is about to end. */
    void named(long context, String name) {
        Following current = following.get();
        if (current != null) {
            current.latest.set(index(context), new Named(context, name, System.nanoTime()));
        }
    }

    /**
     * A report needed it, or would have.
     *
     * @param now {@link System#nanoTime()}
     */
    public void wanted(long now) {
        if (!StallsightContexts.followRequests()) { // asked each time: another thread, or a test, may have stopped it
            return;
        }
        Following current = following.get();
        if (current != null) {
            current.goOn(now);
        } else {
            following.compareAndSet(null, new Following(now));
        }
    }

    /**
     * Nothing is followed any longer if it was not wanted for {@value #SECONDS} s.
     *
     * @param now {@link System#nanoTime()}
     */
    public void rest(long now) {
        Following current = following.get();
        if (current != null && now - current.until >= 0 && following.compareAndSet(current, null)) {
            StallsightContexts.stopFollowingRequests();
        }
    }

    private static int index(long context) {
        return (int) (context & MAX_REQUESTS - 1);
    }
}
