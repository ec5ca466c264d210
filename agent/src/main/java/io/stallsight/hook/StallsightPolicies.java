package io.stallsight.hook;

/**
 * Entry points of woven code about tools of the application: its policies for blocking calls, another agent's work,
 * what can show the agent's numbers. Static, and unable to throw by accident, as {@link StallsightHook} is.
 */
public final class StallsightPolicies {

    private StallsightPolicies() {}

    /**
     * A method begins about which policies of the application are asked, on threads that they are about.
     *
     * @return what {@link #asked} takes
     */
    public static boolean ask(int point) {
        if (point == 0) {
            return false; // a stand-in that nobody asks about
        }
        StallsightThread state;
        try {
            state = StallsightThread.current();
            if (state == null || state.asked == StallsightThread.NOT_ASKED) {
                return false;
            }
            if (!state.call.ask(point)) {
                return state.call.told;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return false;
        }
        throw StallsightErrors.<RuntimeException>sneaky(state.call.takeRefusal());
    }

    /** The method is over. */
    public static void asked(boolean told) {
        if (told) {
            try {
                StallsightThread state = StallsightThread.known();
                if (state != null && state.call.point == 0) {
                    state.call.told = false;
                }
            } catch (Throwable t) {
                StallsightErrors.suppress(t);
            }
        }
    }

    /** Another tool tells of the blocking call in progress. */
    public static void tells(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null && state.guard == 0) {
                if (state.proving) {
                    StallsightPoints.prove(point);
                }
                state.call.told |= state.call.point != 0;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** {@code tool} is about to instrument this JVM. Returns whether it must not. */
    public static boolean takeOver(int point, Object tool) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            if (current == null) {
                return false;
            }
            StallsightThread state = StallsightThread.current();
            if (state == null) {
                return current.takeOver(tool);
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            state.guard++;
            try {
                return current.takeOver(tool);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return false;
        }
    }

    /** {@code host} can show what the agent knows; it may still be in its constructor. */
    public static void hostSeen(int point, Object host) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            StallsightThread state = current == null ? null : StallsightThread.current();
            if (current == null || host == null || state != null && state.guard > 0) {
                return;
            }
            if (state == null) {
                current.hostSeen(point, host);
                return;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            state.guard++;
            try {
                current.hostSeen(point, host);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }
}
