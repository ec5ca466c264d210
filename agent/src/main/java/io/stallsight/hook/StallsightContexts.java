package io.stallsight.hook;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For whom threads work: a test hands a task to a loop, and what the task does there counts for the test. A context is
 * a number that the engine gave. It is remembered for a task when the task is handed over, and is the thread's context
 * while the thread runs it. Nothing is wrapped; tasks are known by identity, with weak keys.
 *
 * <p>Over connections it goes as well: what a loop reads is the work of who wrote last, from this end or, if it is in
 * the same JVM, from the other one. A connection to which another context writes before the last one's bytes were read
 * (HTTP/2) is shared, and tells nothing in this direction from there on.
 *
 * <p>Off until the engine has begun a context, which it does in tests only: until then each hook reads one field.
 */
public final class StallsightContexts {

    /** Several contexts have written to a connection at the same time: what comes through it is nobody's. */
    private static final long SHARED = -1L;

    /** Test runs make some thousand connections; what is beyond that is forgotten together. */
    private static final int MOST_DIRECTIONS = 100_000;

    private static final int PORT_BITS = 16;

    private static volatile boolean on;

    /** By key, who wrote in this direction last, times two, and one more until the other end reads. */
    private static final ConcurrentHashMap<Long, Long> BY_DIRECTION = new ConcurrentHashMap<>();

    /** See {@link StallsightEngine#connectionKey}. */
    private static final ConcurrentHashMap<Object, Long> KEYS = new ConcurrentHashMap<>();

    private static final ConcurrentHashMap<Object, Long> BY_TASK = new ConcurrentHashMap<>();
    private static final ReferenceQueue<Object> GONE = new ReferenceQueue<>();

    /** A task that is remembered. */
    private static final class Held extends WeakReference<Object> {
        private final int hash;

        Held(Object task) {
            super(task, GONE);
            hash = System.identityHashCode(task);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // a task that is gone equals only itself
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            Object task = get();
            return task != null
                    && (other instanceof Held && ((Held) other).refersTo(task)
                            || other instanceof Asked && ((Asked) other).task == task);
        }
    }

    /** A task that is looked for. */
    private static final class Asked {
        private final Object task;

        Asked(Object task) {
            this.task = task;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(task);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Held && ((Held) other).refersTo(task);
        }
    }

    private StallsightContexts() {}

    static boolean isOn() {
        return on;
    }

    /**
     * The current thread works for {@code context} from here on, and comes back to it after the tasks of others.
     *
     * @return for whom it worked before
     */
    public static long begin(long context) {
        on = true;
        StallsightThread state = StallsightThread.current();
        if (state != null) {
            return state.own(context);
        }
        Thread virtual = Thread.currentThread();
        long before = of(virtual, 0L);
        BY_TASK.put(new Held(virtual), context);
        return before;
    }

    /** Forgets all tasks; threads go on with what they do. */
    public static void stop() {
        on = false;
        BY_TASK.clear();
        KEYS.clear();
        BY_DIRECTION.clear();
    }

    /** The current thread hands {@code task} over. */
    static void carry(Object task) {
        if (!on || task == null) {
            return;
        }
        for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            BY_TASK.remove(gone);
            KEYS.remove(gone);
        }
        StallsightThread state = StallsightThread.current();
        if (state == null) {
            // a virtual thread has no state: it works for who started it
            BY_TASK.put(new Held(task), of(Thread.currentThread(), 0L));
        } else if (state.guard == 0) {
            BY_TASK.put(new Held(task), state.context);
        }
    }

    /** Who handed {@code task} over; {@code otherwise} if nobody did since the first context began. */
    static long of(Object task, long otherwise) {
        Long context = BY_TASK.get(new Asked(task));
        return context == null ? otherwise : context;
    }

    /** The current thread is about to write to {@code connection}. */
    static void wrote(Object connection) {
        StallsightThread state = StallsightThread.current();
        if (state != null && state.guard > 0) {
            return;
        }
        // a virtual thread has no state: it works for who started it
        long context = state == null ? of(Thread.currentThread(), 0L) : state.context;
        long key = key(state, connection);
        if (key == 0) {
            return;
        }
        if (BY_DIRECTION.size() >= MOST_DIRECTIONS) {
            BY_DIRECTION.clear();
        }
        Long last = BY_DIRECTION.get(key);
        if (last == null || last != SHARED) {
            boolean unread = last != null && (last & 1) != 0;
            BY_DIRECTION.put(key, unread && last >> 1 != context ? SHARED : context << 1 | 1);
        }
    }

    /** The current thread has read from {@code connection}, and goes on with what it read if it is a loop. */
    static void read(Object connection) {
        StallsightThread state = StallsightThread.current();
        if (state != null && state.guard > 0) {
            return;
        }
        long key = key(state, connection);
        if (key == 0) {
            return;
        }
        long other = reversed(key);
        Long last = BY_DIRECTION.get(other);
        if (last == null) {
            last = BY_DIRECTION.get(key); // the other end is elsewhere: it answers to who wrote from here
        } else if (last != SHARED && (last & 1) != 0) {
            BY_DIRECTION.replace(other, last, last & ~1L);
        }
        if (state == null || state.ticks == null) {
            return; // a thread of its own works for whom it worked before
        }
        if (last == null || last == SHARED || last >> 1 == 0) {
            state.backToOwnContext();
        } else {
            state.context = last >> 1;
        }
    }

    private static long reversed(long key) {
        return key >>> PORT_BITS | (key & (1L << PORT_BITS) - 1) << PORT_BITS;
    }

    private static long key(StallsightThread state, Object connection) {
        Long known = KEYS.get(new Asked(connection));
        if (known != null) {
            return known;
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (handler == null) {
            return 0L;
        }
        long key;
        if (state == null) {
            key = handler.connectionKey(connection);
        } else {
            state.guard++;
            try {
                key = handler.connectionKey(connection);
            } finally {
                state.guard--;
            }
        }
        if (key != 0) {
            KEYS.put(new Held(connection), key);
        }
        return key;
    }
}
