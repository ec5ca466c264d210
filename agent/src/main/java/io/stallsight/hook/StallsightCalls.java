package io.stallsight.hook;

/** Entry points of woven code for blocking calls, and for work of the JVM in which no call is watched. */
public final class StallsightCalls {

    /** The token of a call that is not watched. */
    static final int NOT_WATCHED = StallsightHook.NOTHING;

    /** The token of the watched call. */
    static final int WATCHED = 1;

    /** The token of a woven call inside of the watched one. */
    static final int INSIDE = 2;

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
     * @return what {@link #exit} takes
     */
    public static int enter(int point, Object self, Object subject) {
        StallsightThread state = StallsightHook.current();
        if (state == null || state.mayBlock()) {
            return NOT_WATCHED;
        }
        int token = (int) ENTER.begin(state, point, self, subject);
        if (token == REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(state.call().takeRefusal());
        }
        return token;
    }

    /** The call of {@code token} returned or threw. */
    public static void exit(int token) {
        if (token != NOT_WATCHED) {
            EXIT.end(token, null, null);
        }
    }

    /** Work of the JVM begins in which no call is watched (class loading). Returns what {@link #quietExit} takes. */
    public static boolean quietEnter(int point) {
        StallsightThread state = StallsightHook.current();
        return state != null
                && !state.mayBlock()
                && QUIET_ENTER.begin(state, point, null, null) != StallsightHook.NOTHING;
    }

    public static void quietExit(boolean entered) {
        StallsightThread state = entered ? StallsightHook.begun() : null;
        if (state != null) {
            state.endQuiet();
        }
    }

    private static final class Enter extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object self, Object subject) {
            if (!state.isWatched() || isNonBlockingChannel(point, self)) {
                return NOT_WATCHED;
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
                return NOT_WATCHED;
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
            if (state.isDynamic() && !engine.nonBlockingNow(state)) {
                return NOT_WATCHED;
            }
            if (state.hasPending()) {
                engine.publishPending(state);
            }
            byte flags = StallsightPoints.flags(point);
            StallsightCall call = state.call();
            call.begin(point, self, subject, (flags & StallsightPoints.SCOPE) != 0);
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
        long run(StallsightEngine engine, StallsightThread state, int token, Object unused, Object unusedToo) {
            StallsightCall call = state.call();
            if (!call.isInProgress()) {
                return NOTHING;
            }
            long now = System.nanoTime();
            if (token == INSIDE) {
                call.endInside(now);
                return NOTHING;
            }
            try {
                if (call.blocks()) {
                    engine.exited(state, now - call.startedAt());
                }
            } finally {
                call.end();
            }
            return NOTHING;
        }
    }

    private static final class QuietEnter extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object unused, Object unusedToo) {
            state.beginQuiet();
            return 1L;
        }
    }
}
