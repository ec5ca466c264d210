package io.stallsight.hook;

/**
 * Entry points of woven code about connections: made, connected, closed, asked for, read and written. Static, and
 * unable to throw, as {@link StallsightHook} is.
 */
public final class StallsightConnections {

    private StallsightConnections() {}

    /**
     * {@code connection} is about to be connected to {@code remote}, by any thread.
     *
     * @return what {@link #connectExit} takes; null if the connection is not counted
     */
    public static Object connectEnter(int point, Object connection, Object remote) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            if (current == null) {
                return null;
            }
            StallsightContexts.carry(connection);
            StallsightThread state = StallsightThread.current();
            if (state == null) {
                return current.connecting(connection, remote); // a virtual thread, which has no state
            }
            if (state.guard > 0) {
                return null;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            state.guard++;
            try {
                return current.connecting(connection, remote);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    /** The connect of {@code token} returned, or threw {@code failure}. */
    public static void connectExit(Object token, Throwable failure) {
        if (token == null || failure == null) {
            return;
        }
        try {
            StallsightEngine current = StallsightAgent.engine();
            if (current != null) {
                current.connectFailed(token);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** {@code connection} is about to be closed, by any thread, perhaps not for the first time. */
    public static void disconnected(int point, Object connection) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            if (current == null) {
                return;
            }
            StallsightThread state = StallsightThread.current();
            if (state == null) {
                current.disconnected(connection);
                return;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            state.guard++;
            try {
                current.disconnected(connection);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** {@code what} was made, which will connect or ask for a connection. */
    public static void made(int point, Object what) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            StallsightThread state = current == null ? null : StallsightThread.current();
            if (current == null || state != null && state.guard > 0) {
                return;
            }
            if (state == null) {
                current.made(what);
                return;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            state.guard++;
            try {
                current.made(what);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** What {@code from} was made by, {@code to} is made by as well; either may be null. */
    public static void passed(int point, Object from, Object to) {
        try {
            StallsightEngine current = StallsightAgent.engine();
            StallsightThread state = current == null ? null : StallsightThread.current();
            if (state == null || state.guard > 0) {
                return;
            }
            if (state.proving) {
                StallsightPoints.prove(point);
            }
            if (from != null && to != null) {
                state.guard++;
                try {
                    current.passed(from, to);
                } finally {
                    state.guard--;
                }
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /**
     * A pool of connections is asked for one.
     *
     * @param asking stands for who asks
     * @return what {@link #askExit} takes
     */
    public static Object askEnter(int point, Object asking) {
        try {
            StallsightThread state = StallsightAgent.engine() == null ? null : StallsightThread.current();
            if (state == null) {
                return null;
            }
            Object before = state.asking;
            state.asking = asking;
            state.servingOther = true;
            return before;
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
            return null;
        }
    }

    public static void askExit(Object before) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                state.asking = before;
                state.servingOther = true;
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** A pool of connections turns to {@code served}, who has asked on this or on another thread. */
    public static void serving(int point, Object served) {
        try {
            StallsightThread state = StallsightAgent.engine() == null ? null : StallsightThread.current();
            if (state != null) {
                state.servingOther = served != state.asking;
                if (StallsightContexts.isOn() && served != null) {
                    state.context = StallsightContexts.of(served, state.context);
                }
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /**
     * The current thread goes on with {@code connection}, which it has finished to connect, until it turns to others.
     */
    public static void connected(int point, Object connection) {
        try {
            if (StallsightTasks.followsContexts()) {
                StallsightPoints.prove(point);
                StallsightThread state = StallsightThread.current();
                if (state != null && state.guard == 0) {
                    state.resume(connection);
                }
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** The current thread is about to write to {@code connection}. */
    public static void wrote(int point, Object connection) {
        try {
            if (StallsightTasks.followsContexts()) {
                StallsightPoints.prove(point);
                StallsightContexts.wrote(connection);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** The current thread has read from {@code connection}. */
    public static void read(int point, Object connection) {
        try {
            if (StallsightTasks.followsContexts()) {
                StallsightPoints.prove(point);
                StallsightContexts.read(connection);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }
}
