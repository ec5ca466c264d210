package io.stallsight.hook;

/**
 * Entry points of woven code for pools of connections: a thread waits for a connection, has it, and brings it back,
 * itself or by another thread. Virtual threads without a state come here as well.
 *
 * <p><b>Problem.</b> When a pool runs dry, its numbers say that all connections are out, not who has them.
 *
 * <p><b>Algorithm.</b> Each borrowing is a {@link StallsightLease}, which its pool remembers from the call on. The map
 * {@link #OUT} finds it again by the identity of the connection when that comes back. The engine looks at the threads
 * of the leases when the pool is dry. A thread that has gone on by then does not show where it borrowed, so the engine
 * also takes the line of some borrows at once.
 *
 * <p><b>Given up.</b> A borrow costs a few objects and some map operations, about 0.2 µs beside a call of a database.
 * Waits and times are counted without a lock, so a few may be missing. A connection that came back unseen, or was
 * collected, leaves its lease in the pool's list.
 */
public final class StallsightLeases {

    private static final StallsightIdentityMap<Borrow> OUT = new StallsightIdentityMap<>();

    private static final BeginExit BEGIN_EXIT = new BeginExit();
    private static final End END = new End();
    private static final Ask ASK = new Ask();

    private StallsightLeases() {}

    /**
     * The current thread calls {@code pool} for a connection.
     *
     * @return what {@link #beginExit} takes; null if there is no engine
     */
    public static Object beginEnter(int point, Object pool) {
        Begin begin = new Begin();
        begin.begin(StallsightHook.current(), point, pool, null);
        return begin.borrow;
    }

    /** The pool returned {@code connection}, or null, or threw. */
    public static void beginExit(Object borrow, Object connection) {
        if (borrow != null) {
            BEGIN_EXIT.begin(StallsightHook.current(), 0, borrow, connection);
        }
    }

    /** {@code connection} goes back to its pool, perhaps not for the first time. */
    public static void end(int point, Object connection) {
        if (connection != null) {
            END.begin(StallsightHook.current(), point, connection, null);
        }
    }

    /** {@code pool} is called for a connection. Only its own numbers say who waits and how many are out. */
    public static void ask(int point, Object pool) {
        ASK.begin(StallsightHook.current(), point, pool, null);
    }

    /** Forgets which connections are out: no engine will ask for them. */
    public static void forget() {
        OUT.clear();
        StallsightVirtualRequests.forget();
    }

    private static StallsightQueue queueOf(StallsightEngine engine, Object pool) {
        StallsightQueue queue = StallsightQueues.find(pool);
        return queue == null ? engine.queueSeen(pool) : queue;
    }

    /** A lease and the queue of its pool. */
    private static final class Borrow {
        private final StallsightQueue queue;
        private final StallsightLease lease;

        Borrow(StallsightQueue queue, StallsightThread state) {
            this.queue = queue;
            Thread thread = Thread.currentThread();
            long context = StallsightContexts.isFollowed() ? StallsightContexts.current(state) : 0;
            this.lease = state == null
                    ? queue.call(thread, null, StallsightVirtualRequests.of(thread), context)
                    : queue.call(thread, state.tasks(), state.request(), context);
        }
    }

    /** One for each borrow, as its result is an object. */
    private static final class Begin extends StallsightHook {
        private Borrow borrow;

        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object pool, Object unused) {
            StallsightQueue queue = queueOf(engine, pool);
            if (queue != null) {
                if (state != null && !state.mayBlock()) {
                    state.poolCall().begin(queue.connections());
                }
                borrow = new Borrow(queue, state);
                if (queue.connections().isDry()) {
                    if (state == null) {
                        StallsightVirtualRequests.poolIsDry();
                    }
                    StallsightSampling.wake(engine, queue);
                }
            }
            return NOTHING;
        }
    }

    private static final class BeginExit extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int unused, Object begun, Object connection) {
            Borrow borrow = (Borrow) begun;
            if (state != null) {
                state.poolCall().end();
            }
            if (connection == null) {
                borrow.queue.refuse(borrow.lease);
                return NOTHING;
            }
            borrow.queue.lend(borrow.lease);
            if (borrow.queue.connections().takesLine(borrow.lease.since())) {
                borrow.lease.setSite(engine.borrowingLine());
            }
            Borrow former = OUT.put(connection, borrow);
            if (former != null) {
                former.queue.end(former.lease); // it came back unseen
            }
            return NOTHING;
        }
    }

    private static final class End extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object connection, Object unused) {
            Borrow borrow = OUT.remove(connection);
            if (borrow != null) {
                borrow.queue.end(borrow.lease);
            }
            return NOTHING;
        }
    }

    private static final class Ask extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object pool, Object unused) {
            StallsightQueue queue = queueOf(engine, pool);
            if (queue != null) {
                queue.ask();
            }
            return NOTHING;
        }
    }
}
