package io.stallsight.hook;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For whom threads work: a test hands a task to a loop, and what the task does there counts for the test. A context is
 * a number that the engine gave. It is remembered for a task when the task is handed over, and is the thread's context
 * while the thread runs it. Nothing is wrapped; tasks are known by identity, with weak keys.
 *
 * <p>Off until the engine has begun a context, which it does in tests only: until then each hook reads one field.
 */
public final class StallsightContexts {

    private static volatile boolean on;
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
        return state == null ? 0L : state.own(context);
    }

    /** Forgets all tasks; threads go on with what they do. */
    public static void stop() {
        on = false;
        BY_TASK.clear();
    }

    /** The current thread hands {@code task} over. */
    static void carry(Object task) {
        if (!on || task == null) {
            return;
        }
        for (Object gone = GONE.poll(); gone != null; gone = GONE.poll()) {
            BY_TASK.remove(gone);
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
}
