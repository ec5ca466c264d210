package io.stallsight.hook;

/**
 * Entry points of woven code for selectors. A select is idle time of a loop, or a blocking call on a thread that must
 * not block; the engine decides which.
 */
public final class StallsightSelectors {

    /** The select is of no interest. */
    public static final int IGNORED = StallsightHook.NOTHING;

    /** The selector is this thread's event loop: waiting in it is idle time. */
    public static final int LOOP = 1;

    /** The select blocks a non-blocking thread. */
    public static final int BLOCKING = 2;

    /** The first select of a non-blocking thread on this selector: a loop's first, or a blocking call. */
    public static final int UNPROVEN = 3;

    /** The selector is this thread's event loop, and the select does not wait. */
    private static final int POLL = 4;

    private static final SelectNow SELECT_NOW = new SelectNow();
    private static final Select SELECT = new Select();
    private static final SelectExit SELECT_EXIT = new SelectExit();
    private static final SelectorClose SELECTOR_CLOSE = new SelectorClose();

    private StallsightSelectors() {}

    /**
     * A select begins.
     *
     * @param timeout as the JDK's selector implementation has it: 0 does not wait, -1 waits without limit
     * @return what {@link #selectExit} takes; null if the select is of no interest
     */
    public static StallsightSpan selectEnter(int point, Object selector, long timeout) {
        StallsightThread state = timeout == 0L ? StallsightHook.current() : StallsightHook.selecting();
        if (state == null) {
            return null;
        }
        if (timeout == 0L) {
            StallsightSpan poll = state.poll();
            return SELECT_NOW.begin(state, point, selector, null) == StallsightHook.NOTHING ? null : poll;
        }
        StallsightCall call = state.call();
        StallsightSpan idle = state.idle();
        long kind = SELECT.begin(state, point, selector, null);
        if (kind == StallsightCalls.REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(call.takeRefusal());
        }
        StallsightSpan span = kind == IGNORED ? null : kind == LOOP ? idle : call;
        if (span != null) {
            span.over = false;
        }
        return span;
    }

    /**
     * The select of {@code span} returned or threw.
     *
     * @param ready the number of keys that the select found ready
     */
    public static void selectExit(StallsightSpan span, Object selector, int ready) {
        if (span != null) {
            SELECT_EXIT.end(span, Math.max(0, ready), selector);
        }
    }

    public static void selectorClose(int point, Object selector) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            SELECTOR_CLOSE.begin(state, point, selector, null);
        }
    }

    /** Of a loop it ends one tick and begins the next. */
    private static final class SelectNow extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object selector, Object unused) {
            StallsightLoop loop = state.loop();
            boolean isOwn = loop != null && !state.isIdle() && loop.selector().refersTo(selector);
            if (isOwn) {
                StallsightLoops.nextTick(engine, state, loop);
            }
            state.attribution().backToOwn();
            return isOwn ? POLL : IGNORED;
        }
    }

    private static final class Select extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object selector, Object unused) {
            if (isOwnLoop(state, selector)) {
                return StallsightLoops.beginWait(engine, state) ? LOOP : IGNORED;
            }
            if (state.isExcluded() || !state.isWatched()) {
                return IGNORED;
            }
            if (state.call().isInProgress()) {
                state.call().selectInside(point, selector);
                return IGNORED;
            }
            if (state.hasPending()) {
                engine.publishPending(state);
            }
            int role = state.isDynamic() ? engine.roleNow(state) : StallsightRole.WORKS;
            if (role != StallsightRole.WORKS) {
                return StallsightLoops.beginCallOf(engine, state, role) ? LOOP : IGNORED;
            }
            int kind = engine.selecting(state, selector);
            if (kind == LOOP) {
                return StallsightLoops.beginWait(engine, state) ? LOOP : IGNORED;
            }
            return kind == IGNORED || kind == BLOCKING && state.mayBlock()
                    ? IGNORED
                    : beginCall(engine, state, point, selector, kind);
        }

        private static int beginCall(
                StallsightEngine engine, StallsightThread state, int point, Object selector, int kind) {
            StallsightCall call = state.call();
            call.begin(point, selector, null, false);
            if (kind == BLOCKING && StallsightCalls.isRefused(engine, state)) {
                return StallsightCalls.REFUSED;
            }
            call.setProven(kind == BLOCKING);
            call.start(System.nanoTime());
            return kind;
        }

        /** What the engine would find as well, but in the time of a tick. */
        private static boolean isOwnLoop(StallsightThread state, Object selector) {
            StallsightLoop loop = state.loop();
            return loop != null
                    && loop.selector().refersTo(selector)
                    && !state.call().isInProgress()
                    && state.isWatched()
                    && !state.isDynamic()
                    && !state.isExcluded()
                    && !state.hasPending();
        }
    }

    private static final class SelectExit extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int ready, Object selector, Object span) {
            StallsightCall call = state.call();
            if (span == state.idle()) {
                StallsightLoops.endWait(engine, state, ready);
            }
            if (span == state.idle() || span == state.poll()) {
                StallsightLoops.polled(engine, state, ready);
                return NOTHING;
            }
            long now = System.nanoTime();
            try {
                if (span == call && call.point() != 0) {
                    engine.selected(state, selector, now - call.startedAt(), call.isProven());
                }
            } finally {
                call.end();
            }
            return NOTHING;
        }
    }

    private static final class SelectorClose extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object selector, Object unused) {
            if (state.knowsSelectors()) {
                engine.selectorClosed(state, selector);
            }
            return NOTHING;
        }
    }
}
