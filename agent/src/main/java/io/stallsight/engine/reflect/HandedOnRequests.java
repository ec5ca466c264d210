package io.stallsight.engine.reflect;

import io.stallsight.hook.StallsightContexts;
import io.stallsight.hook.StallsightRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
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
 * call its name is kept here; until then it is read from the server's object. Reports look up the context of their
 * thread. It is turned off {@value #SECONDS} s after the last report that needed it.
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
        final AtomicReferenceArray<Followed> latest = new AtomicReferenceArray<>(MAX_REQUESTS);
        volatile long until;

        Following(long now) {
            goOn(now);
        }

        void goOn(long now) {
            until = now + TimeUnit.SECONDS.toNanos(SECONDS);
        }
    }

    /**
     * @param name empty while the server's call goes on
     * @param time at which the server's call began or ended, {@link System#nanoTime()}
     * @param served null once the server's call has ended
     */
    private record Followed(
            long context, String name, long time, @Nullable StallsightRequest served, int number) {}

    private final Function<StallsightRequest, String> names;

    /** @param names reads the name of a request that any thread serves; it may be another one by then */
    HandedOnRequests(Function<StallsightRequest, String> names) {
        this.names = names;
    }

    /** The name of the request that has handed on the work of {@code context}; empty if it is not known. */
    String nameOf(long context) {
        Followed followed = find(context);
        String open = followed == null ? null : nameInProgress(followed);
        if (open != null) {
            return open;
        }
        Followed ended = find(context); // a request is named before its call has ended
        return ended == null ? "" : ended.name;
    }

    /** Null if the server's call has ended. */
    private @Nullable String nameInProgress(Followed followed) {
        StallsightRequest served = followed.served;
        if (served == null || !served.isCurrent(followed.number)) {
            return null;
        }
        String name = names.apply(served);
        return served.isCurrent(followed.number) ? name : null;
    }

    private @Nullable Followed find(long context) {
        Following current = following.get();
        Followed found = current == null || context == 0 ? null : current.latest.get(index(context));
        return found != null
                        && found.context == context
                        && System.nanoTime() - found.time < TimeUnit.SECONDS.toNanos(MAX_SECONDS)
                ? found
                : null;
    }

    /** The current thread has begun to serve the request of {@code context}. */
    public void begun(long context, StallsightRequest served) {
        keep(new Followed(context, "", System.nanoTime(), served, served.number()));
    }

    /** The server's call for the request of {@code context} is about to end. */
    void named(long context, String name) {
        keep(new Followed(context, name, System.nanoTime(), null, 0));
    }

    private void keep(Followed followed) {
        Following current = following.get();
        if (current != null) {
            current.latest.set(index(followed.context), followed);
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
