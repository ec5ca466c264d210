package io.stallsight.hook;

/**
 * Entry points of woven code. Static, stateless, and unable to throw by accident: an error of the agent is counted by
 * {@link StallsightErrors} and the application's call goes on as if it were not watched.
 *
 * <p>Design of the hot path. Almost all calls come from threads that may block, so {@link #enter} does for them: one
 * thread-local read, one comparison of the name reference (a renamed thread is classified again), one of the epoch (the
 * configuration has changed) and one flag. Only on a non-blocking thread are there a clock read and a call into the
 * engine.
 */
public final class StallsightHook {

    /** Changes with every change of this package that an engine could notice; an engine refuses another one's hooks. */
    public static final int PROTOCOL = 9;

    static final long NOT_WATCHED = 0L;

    private StallsightHook() {}

    /**
     * A woven blocking call begins.
     *
     * @param point index of the hook in the engine's table
     * @param self the receiver, or null
     * @param subject the argument that tells what the call is about, or null
     * @return token for {@link #exit}, 0 if the call is not watched
     */
    public static long enter(int point, Object self, Object subject) {
        StallsightThread state;
        long token;
        try {
            state = StallsightThread.current();
            if (state == null || state.mayBlock) {
                return NOT_WATCHED;
            }
            token = state.call.enter(point, self, subject);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return NOT_WATCHED;
        }
        if (token == StallsightCall.REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(state.call.takeRefusal());
        }
        return token;
    }

    /** The woven call of {@code token} ended, normally or not. */
    public static void exit(long token) {
        if (token != NOT_WATCHED) {
            StallsightCall.exit(token);
        }
    }

    /** A thread begins to wait for work. Returns whether {@link #idleExit} is to be called with true. */
    public static boolean idleEnter(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            return state != null && state.idleEnter(point);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return false;
        }
    }

    /** The thread goes back to work. */
    public static void idleExit(boolean entered) {
        if (entered) {
            StallsightThread.idleExit();
        }
    }

    /**
     * Work begins on this thread that is nobody's blocking call (class loading). Returns what {@link #quietExit} takes.
     */
    public static boolean quietEnter(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            return state != null && state.quietEnter(point);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return false;
        }
    }

    public static void quietExit(boolean entered) {
        if (entered) {
            StallsightThread.quietExit();
        }
    }

    /**
     * A loop or worker goes from one piece of work to the next without having waited.
     *
     * @param at the receiver
     * @param task that it goes to, or null if it does not tell
     */
    public static void poll(int point, Object at, Object task) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                state.poll(point);
                if (task != null) {
                    state.taken(point, at, task);
                }
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** The current thread begins to run an event loop, perhaps with tasks that wait for it already. */
    public static void loopBegins(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                state.loopBegins(point);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** A loop begins to process one I/O event. */
    public static void event(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                state.event(point);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** {@code timeout} as the JDK's selector implementation has it: 0 does not wait. */
    public static long selectEnter(int point, Object selector, long timeout) {
        StallsightThread state;
        long token;
        try {
            state = StallsightThread.current();
            if (state == null) {
                return NOT_WATCHED;
            }
            if (timeout == 0L) {
                StallsightSelectors.poll(state, selector);
                return NOT_WATCHED;
            }
            token = StallsightSelectors.enter(state, point, selector);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return NOT_WATCHED;
        }
        if (token == StallsightCall.REFUSED) {
            throw StallsightErrors.<RuntimeException>sneaky(state.call.takeRefusal());
        }
        return token;
    }

    public static void selectExit(long token, Object selector) {
        if (token != NOT_WATCHED) {
            StallsightSelectors.exit(token, selector);
        }
    }

    public static void selectorClosed(int point, Object selector) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state == null || state.guard > 0) {
                return;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            if (state.knowsSelectors) {
                StallsightSelectors.closed(state, selector);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    public static void threadStarting(int point, Object thread) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            if (current == null) {
                return;
            }
            StallsightThread state = StallsightThread.current();
            if (state != null && state.guard == 0) {
                if (state.proving) {
                    StallsightPoints.prove(point);
                }
                state.guard++;
                try {
                    current.threadStarting((Thread) thread);
                } finally {
                    state.guard--;
                }
            }
            StallsightContexts.carry(thread); // a virtual thread, which has no state, may start others as well
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    public static void threadEnding(int point) {
        try {
            StallsightThread.ending(point);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /**
     * The agent begins work of its own on this thread (weaving a class that is being loaded): hooks are quiet until the
     * end.
     */
    public static StallsightThread beginAgentWork() {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                state.guard++;
            }
            return state;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    public static void endAgentWork(StallsightThread state) {
        if (state != null) {
            state.guard--;
        }
    }
}
