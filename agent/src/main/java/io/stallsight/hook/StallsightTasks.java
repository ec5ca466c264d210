package io.stallsight.hook;

/**
 * Entry points of woven code about tasks: queued, handed over, taken, refused; and for whom the thread that runs one
 * works ({@link StallsightContexts}). Static, and unable to throw, as {@link StallsightHook} is.
 */
public final class StallsightTasks {

    private static final long NOT_RESUMED = Long.MIN_VALUE;

    private StallsightTasks() {}

    /** A task is being put into the queue of {@code executor}, by any thread. */
    public static void queued(int point, Object executor, Object task) {
        try {
            StallsightQueue queue = queueOf(point, executor);
            if (queue != null) {
                queue.queued(task);
                startedOn(task, executor);
            }
            StallsightContexts.carry(task);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** What {@link #queued} was told of has ended, and threw {@code failure} if that is not null. */
    public static void offered(int point, Object executor, Object task, Throwable failure) {
        if (failure instanceof java.util.concurrent.RejectedExecutionException) {
            rejected(point, executor, task);
        }
    }

    /** A task is refused by {@code executor}. */
    public static void rejected(int point, Object executor, Object task) {
        try {
            StallsightQueue queue = queueOf(point, executor);
            if (queue != null) {
                queue.rejected(task);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** A task goes to a new worker of {@code executor} without having been queued. */
    public static void handed(int point, Object executor, Object task) {
        try {
            StallsightQueue queue = queueOf(point, executor);
            if (queue != null && task != null) {
                queue.handed(task);
            }
            StallsightContexts.carry(task);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** {@code what} (a channel) is from now on the business of {@code executor}. */
    public static void started(int point, Object what, Object executor) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                if (state.proving) {
                    StallsightPoints.prove(point);
                }
                startedOn(what, executor);
            }
            StallsightContexts.carry(what);
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** A thread took {@code task}, or null, out of the queue of {@code executor}. */
    public static void taken(int point, Object executor, Object task) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                state.taken(point, executor, task);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** A worker's wait for its next task is over, and this is the task. */
    public static void idleExitWith(boolean entered, int point, Object executor, Object task) {
        StallsightHook.idleExit(entered);
        taken(point, executor, task);
    }

    /** The current thread hands {@code task} over to another one, or to itself for later. */
    public static void carry(int point, Object task) {
        try {
            if (followsContexts()) {
                StallsightPoints.prove(point); // on whichever thread: some of these are run by threads of the JDK only
                StallsightContexts.carry(task);
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /**
     * The current thread begins to run {@code task} in the middle of whatever it does.
     *
     * @return what {@link #resumed} takes
     */
    public static long resume(int point, Object task) {
        try {
            if (followsContexts()) {
                StallsightPoints.prove(point);
                StallsightThread state = StallsightThread.current();
                if (state != null && state.guard == 0) {
                    return state.resume(task);
                }
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
        return NOT_RESUMED;
    }

    /** The current thread turns to {@code task}, in the middle of what {@link #resume} has begun. */
    public static void turn(int point, Object task) {
        try {
            if (followsContexts()) {
                StallsightPoints.prove(point);
                StallsightThread state = StallsightThread.current();
                if (state != null && state.guard == 0 && task != null) {
                    state.resume(task);
                }
            }
        } catch (Throwable t) {
            StallsightErrors.suppress(t);
        }
    }

    /** The task is done. */
    public static void resumed(long before) {
        if (before != NOT_RESUMED) {
            try {
                StallsightThread state = StallsightThread.current();
                if (state != null) {
                    state.context = before;
                }
            } catch (Throwable t) {
                StallsightErrors.suppress(t);
            }
        }
    }

    /** Whether it matters for whom threads work, or the self-test asks for the hooks that tell it. */
    static boolean followsContexts() {
        return StallsightContexts.isOn() || StallsightPoints.isProving();
    }

    private static StallsightQueue queueOf(int point, Object executor) {
        StallsightQueue queue = StallsightQueue.find(executor);
        return queue == null || StallsightPoints.isProving() ? queueSeen(point, executor, queue) : queue;
    }

    /** The engine is asked about an executor that it may not know yet. */
    static StallsightQueue queueSeen(int point, Object executor, StallsightQueue known) {
        StallsightThread state = StallsightThread.current();
        if (state == null || state.guard > 0) {
            return known;
        }
        if (state.proving) {
            StallsightPoints.prove(point);
        }
        StallsightEngine handler = StallsightAgent.engine();
        if (known != null || handler == null) {
            return known;
        }
        state.guard++;
        try {
            return handler.queueSeen(executor);
        } finally {
            state.guard--;
        }
    }

    /** The current thread, if it is a loop in a tick, starts something on an executor. */
    private static void startedOn(Object what, Object executor) {
        StallsightThread state = StallsightThread.known();
        StallsightLoop loop = state == null ? null : state.ticks;
        if (loop != null && state.guard == 0) {
            loop.started(what, executor);
        }
    }
}
