package io.stallsight.engine.connection;

import io.stallsight.engine.stack.WalkLimit;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who made what will connect. Frameworks make the channel, or the request, on the thread of the application, and
 * connect in a task of a loop, where nothing on the stack tells of the application. By identity, and weak: what never
 * connects (a request over a connection that there is) is forgotten with it.
 */
final class Makers {

    private static final int MAX_MADE = 10_000;
    private static final int MAX_WALKS = 500;

    private static final class Maker extends IdentityReference {
        final StackTraceElement site;

        Maker(Object made, ReferenceQueue<Object> gone, StackTraceElement site) {
            super(made, gone);
            this.site = site;
        }
    }

    private final ConcurrentHashMap<Object, Maker> makers = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> gone = new ReferenceQueue<>();
    private final WalkLimit walks = new WalkLimit(MAX_WALKS);

    /** Remembers who makes an object, if there is an application frame on the stack. */
    void made(Object what, Supplier<@Nullable StackTraceElement> caller) {
        if (walks.mayWalk()) {
            remember(what, caller.get());
        }
    }

    /** What {@code from} was made by, {@code to} is made by as well. */
    void passed(Object from, Object to) {
        Maker maker = makers.get(IdentityReference.key(from));
        if (maker != null) {
            remember(to, maker.site);
        }
    }

    private void remember(Object what, @Nullable StackTraceElement site) {
        if (site != null && makers.size() < MAX_MADE) {
            Maker maker = new Maker(what, gone, site);
            makers.put(maker, maker);
        }
    }

    /** Forgets an object, and returns who made it; null if that is not known. */
    @Nullable
    StackTraceElement take(Object made) {
        Maker maker = makers.isEmpty() ? null : makers.remove(IdentityReference.key(made));
        return maker == null ? null : maker.site;
    }

    /** Forgets what was collected. Called by the sampling thread. */
    void prune() {
        for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
            makers.remove(lost);
        }
    }
}
