package io.stallsight.hook;

/** Entry points of woven code for blocking calls, and for work of the JVM in which no call is watched. */
public final class StallsightCalls {

    /** The span of a call that is not watched. */
    static final StallsightSpan NOT_WATCHED = null;

    /** The call is the watched one. */
    static final int WATCHED = 1;

    /** The woven call is inside of the watched one. */
    static final int INSIDE = 2;

    /** The call is a wait for work. */
    static final int IDLE = 3;

    /** The call does not happen; {@link StallsightCall#takeRefusal} is thrown instead. */
    static final int REFUSED = -1;

    private static final Enter ENTER = new Enter();
    private static final Exit EXIT = new Exit();
    private static final QuietEnter QUIET_ENTER = new QuietEnter();

    private StallsightCalls() {}

    /**
     * A blocking call begins.
     *
     * @param point the number of the woven point
     * @param self the receiver, or null
     * @param subject the argument that says what the call is about, or null
     * @return what {@link #exit} takes; null if the call is not watched
     */
    public static StallsightSpan enter(int point, Object self, Object subject) {
        StallsightThread state = StallsightHook.current();
        if (state == null || state.mayBlock()) {
            return NOT_WATCHED;
        }
        StallsightCall call = state.call();
        StallsightSpan inside = call.inside();
        StallsightSpan idle = state.idle();
        long began = ENTER.begin(state, point, self, subject);
        if (began == REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(call.takeRefusal());
        }
        StallsightSpan span = began == WATCHED ? call : began == INSIDE ? inside : began == IDLE ? idle : NOT_WATCHED;
        if (span != NOT_WATCHED) {
            span.over = false;
        }
        return span;
    }

    /** The call of {@code span} returned or threw. */
    public static void exit(StallsightSpan span) {
        if (span != NOT_WATCHED) {
            EXIT.end(span, 0, null);
        }
    }

    /**
     * Work of the JVM begins in which no call is watched (class loading). The woven method ends it without a hook.
     *
     * @return null if nothing is watched anyway
     */
    public static StallsightSpan quietEnter(int point) {
        StallsightThread state = StallsightHook.current();
        if (state == null || state.mayBlock()) {
            return null;
        }
        StallsightSpan quiet = state.quiet();
        if (QUIET_ENTER.begin(state, point, null, null) == StallsightHook.NOTHING) {
            return null;
        }
        quiet.over = false;
        return quiet;
    }

    private static final class Enter extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object self, Object subject) {
            if (!state.isWatched() || isNonBlockingChannel(point, self)) {
                return NOTHING;
            }
            return state.call().isInProgress()
                    ? enterInside(engine, state, point, self, subject)
                    : enterOutermost(engine, state, point, self, subject);
        }

        private static boolean isNonBlockingChannel(int point, Object self) {
            return (StallsightPoints.flags(point) & StallsightPoints.IF_BLOCKING_MODE) != 0
                    && self instanceof java.nio.channels.SelectableChannel
                    && !((java.nio.channels.SelectableChannel) self).isBlocking();
        }

        private static int enterInside(
                StallsightEngine engine, StallsightThread state, int point, Object self, Object subject) {
            StallsightCall call = state.call();
            if (!call.countsInside(point, self, subject)) {
                return NOTHING;
            }
            Throwable refusal = call.isRefusedInside() ? engine.refuse(state) : null;
            if (refusal != null) {
                call.refuse(refusal);
                return REFUSED;
            }
            call.beginInside(point, self, subject);
            return INSIDE;
        }

        private static int enterOutermost(
                StallsightEngine engine, StallsightThread state, int point, Object self, Object subject) {
            int role = state.isDynamic() ? engine.roleNow(state) : StallsightRole.WORKS;
            if (role != StallsightRole.WORKS) {
                return StallsightLoops.beginCallOf(engine, state, role) ? IDLE : NOTHING;
            }
            if (state.hasPending()) {
                engine.publishPending(state);
            }
            byte flags = StallsightPoints.flags(point);
            StallsightCall call = state.call();
            call.begin(point, self, subject, (flags & StallsightPoints.SCOPE) != 0);
            call.isOf(state.poolCall());
            if ((flags & StallsightPoints.REFUSE_INSIDE) == 0 && isRefused(engine, state)) {
                return REFUSED;
            }
            call.start(System.nanoTime());
            return WATCHED;
        }
    }

    /** Asks the engine about the call that has just begun. The call is over if it is refused, or if that fails. */
    static boolean isRefused(StallsightEngine engine, StallsightThread state) {
        try {
            Throwable refusal = engine.refuse(state);
            if (refusal != null) {
                state.call().refuse(refusal);
            }
            return refusal != null;
        } catch (Throwable t) {
            state.call().end();
            throw t;
        }
    }

    private static final class Exit extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int unusedToo, Object unused, Object span) {
            if (span == state.idle()) {
                StallsightLoops.endWait(engine, state, StallsightLoops.UNCOUNTED);
                return NOTHING;
            }
            StallsightCall call = state.call();
            if (call.point() == 0 || span != call && span != call.inside()) {
                return NOTHING; // it has been put right, or another engine saw the beginning
            }
            long now = System.nanoTime();
            if (span == call.inside()) {
                call.endInside(now, state.poolCall());
                return NOTHING;
            }
            try {
                if (call.blocks()) {
                    engine.exited(state, now - call.startedAt());
                }
            } finally {
                call.end();
                StallsightWatch.wake(engine);
            }
            return NOTHING;
        }
    }

    private static final class QuietEnter extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            return state.quiet().over ? 1L : NOTHING;
        }
    }
}
