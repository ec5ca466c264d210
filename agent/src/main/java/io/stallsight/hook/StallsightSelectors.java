package io.stallsight.hook;

/**
 * Selects, which are idle time of a loop or a blocking call; the engine decides which. The entry points are in
 * {@link StallsightHook}.
 */
public final class StallsightSelectors {

    /** A select that is of no interest. */
    public static final int IGNORED = 0;

    /** The selector is this thread's event loop: waiting in it is idle time. */
    public static final int LOOP = 1;

    /** The select blocks a non-blocking thread. */
    public static final int BLOCKING = 2;

    /**
     * The first select on this selector on a non-blocking thread: a loop's first, or a blocking call; not yet known.
     */
    public static final int UNPROVEN = 3;

    private StallsightSelectors() {}

    /** A select that does not wait: of a loop it ends one tick and begins the next. */
    static void poll(StallsightThread state, Object selector) {
        StallsightLoop loop = state.ticks;
        if (loop != null && state.idle == 0 && state.guard == 0 && loop.selector.refersTo(selector)) {
            loop.next(state);
        }
        state.backToOwnContext();
    }

    static long enter(StallsightThread state, int point, Object selector) {
        if (state.guard > 0) {
            return StallsightHook.NOT_WATCHED;
        }
        if (state.proving) {
            StallsightPoints.prove(point);
        }
        if (isOwnLoop(state, selector)) {
            state.beginIdle();
            state.backToOwnContext();
            return LOOP;
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (state.excluded || state.idle > 0 || state.quiet > 0 || handler == null) {
            return StallsightHook.NOT_WATCHED;
        }
        if (state.call.point != 0) {
            state.call.selectInside(point, selector);
            return StallsightHook.NOT_WATCHED;
        }
        state.guard++;
        try {
            if (state.pending.get() != null) {
                handler.publishPending(state);
            }
            if (state.dynamic && !handler.nonBlockingNow(state)) {
                return StallsightHook.NOT_WATCHED;
            }
            int kind = handler.selecting(state, selector);
            if (kind == IGNORED || kind == BLOCKING && state.mayBlock) {
                return StallsightHook.NOT_WATCHED;
            }
            if (kind == LOOP) {
                state.beginIdle();
                state.backToOwnContext();
                return LOOP;
            }
            state.call.beginSelect(point, selector);
            Throwable refusal = kind == BLOCKING ? handler.refuse(state) : null;
            if (refusal != null) {
                state.call.refused(refusal);
                return StallsightCall.REFUSED;
            }
            state.call.start = System.nanoTime();
            return kind;
        } catch (Throwable t) {
            state.call.clear();
            throw t;
        } finally {
            state.guard--;
        }
    }

    /** What the engine would say as well, but at a tick's price. */
    private static boolean isOwnLoop(StallsightThread state, Object selector) {
        StallsightLoop loop = state.ticks;
        return loop != null
                && loop.selector.refersTo(selector)
                && state.call.point == 0
                && state.idle == 0
                && state.quiet == 0
                && !state.dynamic
                && !state.excluded
                && state.pending.get() == null;
    }

    static void exit(long token, Object selector) {
        long now = token == LOOP ? 0L : System.nanoTime();
        try {
            StallsightThread state = StallsightThread.ofEntry();
            if (state == null) {
                return;
            }
            if (token == LOOP) {
                if (state.idle > 0) {
                    state.endIdle();
                }
                return;
            }
            StallsightEngine handler = StallsightAgent.engine();
            state.guard++;
            try {
                if (handler != null && state.call.point != 0) {
                    handler.selected(state, selector, now - state.call.start, token == BLOCKING);
                }
            } finally {
                state.guard--;
                state.call.clear();
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    static void closed(StallsightThread state, Object selector) {
        StallsightEngine handler = StallsightAgent.engine();
        if (handler != null) {
            state.guard++;
            try {
                handler.selectorClosed(state, selector);
            } finally {
                state.guard--;
            }
        }
    }
}
