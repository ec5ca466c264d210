package io.stallsight.hook;

/**
 * Entry points of woven code for connections: made, connected, closed, read and written, and borrowed from a pool. Any
 * thread may come here, a virtual one without a state as well.
 */
public final class StallsightConnections {

    private static final ConnectFailed CONNECT_FAILED = new ConnectFailed();
    private static final Connected CONNECTED = new Connected();
    private static final Accept ACCEPT = new Accept();
    private static final Disconnect DISCONNECT = new Disconnect();
    private static final Write WRITE = new Write();
    private static final Read READ = new Read();
    private static final Make MAKE = new Make();
    private static final Pass PASS = new Pass();
    private static final Lend LEND = new Lend();

    private StallsightConnections() {}

    /**
     * {@code connection} is about to be connected to {@code remote}.
     *
     * @return what {@link #connectExit} takes; null if the connection is not counted
     */
    public static Object connectEnter(int point, Object connection, Object remote) {
        Connect connect = new Connect();
        connect.begin(StallsightHook.current(), point, connection, remote);
        return connect.counted;
    }

    /** The connect of {@code counted} returned, or threw {@code failure}. It may go on in the background. */
    public static void connectExit(Object counted, Throwable failure) {
        if (counted != null && failure != null) {
            CONNECT_FAILED.begin(StallsightHook.current(), 0, counted, null);
        }
    }

    /** The current thread has finished to connect {@code connection}, and goes on with it until it turns to others. */
    public static void connected(int point, Object connection) {
        StallsightThread state = StallsightContexts.isFollowed() ? StallsightHook.current() : null;
        if (state != null) {
            CONNECTED.begin(state, point, connection, null);
        }
    }

    /** The current thread has accepted a connection at the channel {@code listening}. */
    public static void accept(int point, Object listening) {
        StallsightThread state = StallsightHook.current();
        if (state != null && (state.loop() != null || StallsightPoints.isProving())) {
            ACCEPT.begin(state, point, listening, null);
        }
    }

    /** {@code connection} is about to be closed, perhaps not for the first time. */
    public static void disconnect(int point, Object connection) {
        DISCONNECT.begin(StallsightHook.current(), point, connection, null);
    }

    /** The current thread is about to write to {@code connection}. */
    public static void write(int point, Object connection) {
        if (followsBytes()) {
            WRITE.begin(StallsightHook.current(), point, connection, null);
        }
    }

    /** The current thread has read from {@code connection}. */
    public static void read(int point, Object connection) {
        if (followsBytes()) {
            READ.begin(StallsightHook.current(), point, connection, null);
        }
    }

    private static boolean followsBytes() {
        return StallsightAttribution.followsTests() || StallsightPoints.isProving();
    }

    /** {@code made} was made, which will connect or borrow a connection. */
    public static void make(int point, Object made) {
        MAKE.begin(StallsightHook.current(), point, made, null);
    }

    /** The origin of {@code from} is that of {@code to} as well; either may be null. */
    public static void pass(int point, Object from, Object to) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            PASS.begin(state, point, from, to);
        }
    }

    /**
     * A borrower calls a pool of connections.
     *
     * @param borrower stands for it
     * @return what {@link #borrowExit} takes
     */
    public static Object borrowEnter(int point, Object borrower) {
        StallsightThread state = StallsightHook.current();
        return state == null ? null : state.borrower().begin(borrower);
    }

    public static void borrowExit(Object before) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            state.borrower().end(before);
        }
    }

    /** A pool turns to {@code borrower}, which has called it on this or on another thread. */
    public static void lend(int point, Object borrower) {
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            LEND.begin(state, point, borrower, null);
        }
    }

    /** One for each connect, as its result is an object. */
    private static final class Connect extends StallsightHook {
        private Object counted;

        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object connection, Object remote) {
            StallsightContexts.carry(state, connection);
            counted = engine.connecting(connection, remote);
            return NOTHING;
        }
    }

    private static final class ConnectFailed extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int unused, Object counted, Object unusedToo) {
            engine.connectFailed(counted);
            return NOTHING;
        }
    }

    private static final class Connected extends StallsightContexts.ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object connection, Object unused) {
            state.attribution().turnTo(connection);
            return NOTHING;
        }
    }

    private static final class Accept extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object listening, Object unused) {
            StallsightLoop loop = state.loop();
            if (loop != null) {
                loop.tick().waiters().accepted(listening);
            }
            return NOTHING;
        }
    }

    private static final class Disconnect extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object connection, Object unused) {
            engine.disconnected(connection);
            return NOTHING;
        }
    }

    private static final class Write extends StallsightContexts.ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object connection, Object unused) {
            long key = StallsightDirections.key(engine, connection);
            if (key != StallsightDirections.NO_KEY) {
                StallsightDirections.write(key, StallsightContexts.current(state));
            }
            return NOTHING;
        }
    }

    private static final class Read extends StallsightContexts.ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object connection, Object unused) {
            long key = StallsightDirections.key(engine, connection);
            if (key == StallsightDirections.NO_KEY) {
                return NOTHING;
            }
            long context = StallsightDirections.read(key);
            if (state == null || state.loop() == null) {
                return NOTHING; // not a loop: the thread goes on with its own work
            }
            if (context == 0) {
                state.attribution().backToOwn();
            } else {
                state.attribution().setCurrent(context);
            }
            return NOTHING;
        }
    }

    private static final class Make extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object made, Object unused) {
            engine.made(made);
            return NOTHING;
        }
    }

    private static final class Pass extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object from, Object to) {
            if (from != null && to != null) {
                engine.passed(from, to);
            }
            return NOTHING;
        }
    }

    private static final class Lend extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object borrower, Object unused) {
            state.borrower().lendTo(borrower);
            if (StallsightAttribution.isOn() && borrower != null) {
                state.attribution().turnTo(borrower);
            }
            return NOTHING;
        }
    }
}
