package io.stallsight.hook;

/**
 * Entry points of woven code for selectors. A select is idle time of a loop, or a blocking call on a thread that must
 * not block; the engine decides which.
 */
public final class StallsightSelectors {

    /** The token of a select that is of no interest. */
    public static final int IGNORED = StallsightHook.NOTHING;

    /** The selector is this thread's event loop: waiting in it is idle time. */
    public static final int LOOP = 1;

    /** The select blocks a non-blocking thread. */
    public static final int BLOCKING = 2;

    /** The first select of a non-blocking thread on this selector: a loop's first, or a blocking call. */
    public static final int UNPROVEN = 3;

    /** The selector is this thread's event loop, and the select does not wait. */
    private static final int POLL = 4;

    /** The number of an exit has the token in its lowest bits, and the number of ready keys above. */
    private static final int TOKEN_BITS = 3;

    private static final int TOKEN = (1 << TOKEN_BITS) - 1;

    private static final SelectNow SELECT_NOW = new SelectNow();
    private static final Select SELECT = new Select();
    private static final SelectExit SELECT_EXIT = new SelectExit();
    private static final SelectorClose SELECTOR_CLOSE = new SelectorClose();

    private StallsightSelectors() {}

    /**
     * A select begins.
     *
     * @param timeout as the JDK's selector implementation has it: 0 does not wait, -1 waits without limit
     * @return what {@link #selectExit} takes
     */
    public static int selectEnter(int point, Object selector, long timeout) {
        StallsightThread state = StallsightHook.current();
        if (state == null) {
            return IGNORED;
        }
        if (timeout == 0L) {
            return (int) SELECT_NOW.begin(state, point, selector, null);
        }
        int token = (int) SELECT.begin(state, point, selector, null);
        if (token == StallsightCalls.REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(state.call().takeRefusal());
        }
        return token;
    }

    /** @param ready the number of keys that the select found ready */
    public static void selectExit(int token, Object selector, int ready) {
        if (token != IGNORED) {
            SELECT_EXIT.end(ready << TOKEN_BITS | token, selector, null);
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
                StallsightLoops.beginWait(engine, state);
                return LOOP;
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
            if (state.isDynamic() && !engine.nonBlockingNow(state)) {
                return IGNORED;
            }
            int kind = engine.selecting(state, selector);
            if (kind == LOOP) {
                StallsightLoops.beginWait(engine, state);
                return LOOP;
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
        long run(StallsightEngine engine, StallsightThread state, int number, Object selector, Object unused) {
            int token = number & TOKEN;
            if (token == LOOP) {
                StallsightLoops.endWait(state);
            }
            if (token == LOOP || token == POLL) {
                StallsightLoops.polled(engine, state, number >>> TOKEN_BITS);
                return NOTHING;
            }
            long now = System.nanoTime();
            StallsightCall call = state.call();
            try {
                if (call.isInProgress()) {
                    engine.selected(state, selector, now - call.startedAt(), token == BLOCKING);
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
