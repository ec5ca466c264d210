package io.stallsight.engine.connection;

import io.stallsight.engine.stack.WalkLimit;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The application frame that made an object which will connect later. Frameworks make the channel, or the request, on
 * the thread of the application and connect in a task of a loop, where the stack has no frame of the application. The
 * object is held by identity and weakly: one that never connects (a request over an open connection) is forgotten with
 * it.
 *
 * <p>Finding the frame costs a stack walk of some microseconds, so at most {@value #MAX_WALKS} objects a second get
 * one, and at most {@value #MAX_MADE} are remembered. For the others the site of a connect is unknown, never guessed.
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

    /** Remembers the maker of an object, if the stack has an application frame. */
    void made(Object what, Supplier<@Nullable StackTraceElement> caller) {
        if (walks.mayWalk()) {
            remember(what, caller.get());
        }
    }

    /** The maker of {@code from} is the maker of {@code to}, too. */
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

    /** The maker of an object that may be asked for again; null if unknown. */
    @Nullable
    StackTraceElement of(Object made) {
        Maker maker = makers.isEmpty() ? null : makers.get(IdentityReference.key(made));
        return maker == null ? null : maker.site;
    }

    /** Forgets an object and returns its maker; null if unknown. */
    @Nullable
    StackTraceElement take(Object made) {
        Maker maker = makers.isEmpty() ? null : makers.remove(IdentityReference.key(made));
        return maker == null ? null : maker.site;
    }

    /** Forgets collected objects. Called by the sampling thread. */
    void prune() {
        for (Reference<?> lost = gone.poll(); lost != null; lost = gone.poll()) {
            makers.remove(lost);
        }
    }
}
