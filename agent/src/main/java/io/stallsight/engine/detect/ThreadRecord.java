package io.stallsight.engine.detect;

import io.stallsight.engine.fact.BlockingCall;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What the engine remembers of one thread beyond the hooks' state. Used by that thread only. */
final class ThreadRecord {

    /**
     * A select that is a blocking call unless the thread turns out to loop on its selector.
     *
     * @param delivery for a report where the selector is closed, usually the method that selected
     */
    record UnprovenSelect(Reference<Object> selector, BlockingCall call, Delivery delivery) {}

    private static final Reference<Object> NONE = new WeakReference<>(null);

    /** Runs an idle point that only event loops have. */
    boolean runsLoopPoint;

    /** The selector that this thread loops on. Weak: the application drops selectors without telling. */
    Reference<Object> loopSelector = NONE;

    /** The selector of the last select, if it was not the loop's. */
    Reference<Object> lastSelector = NONE;

    /** A selector that is polled below a frame of which the catalog says that it is no loop. */
    Reference<Object> polledSelector = NONE;

    @Nullable
    UnprovenSelect unproven;

    boolean isLoop() {
        return runsLoopPoint || loopSelector.get() != null;
    }

    void forgetLoopSelector() {
        loopSelector = NONE;
    }

    void forgetLastSelector() {
        lastSelector = NONE;
    }
}
