package io.stallsight.hook;

/**
 * Entry points of woven code. Static, stateless, and unable to throw by accident: an error of the agent is counted in
 * {@link #suppressedErrors()} and the application's call goes on as if it were not watched.
 *
 * <p>Design of the hot path. Almost all calls come from threads that may block, so {@link #enter} does for them: one
 * thread-local read, one comparison of the name reference (a renamed thread is classified again), one of the epoch (the
 * configuration has changed) and one flag. Only on a non-blocking thread are there a clock read and a call into the
 * engine.
 */
public final class StallsightHook {

    /** Changes with every change of this package that an engine could notice; an engine refuses another one's hooks. */
    public static final int PROTOCOL = 7;

    /** Point flag: the call blocks only if {@code self} is a channel in blocking mode. */
    public static final byte IF_BLOCKING_MODE = 1;

    /** Point flag: reported only if a blocking call really happened inside. */
    public static final byte SCOPE = 2;

    /** Point flag: an idle point that only event loops have. */
    public static final byte LOOP = 4;

    /** Point flag of a scope: in strict mode not the scope is refused but the blocking call inside. */
    public static final byte REFUSE_INSIDE = 8;

    /** Point flag: receiver or subject tell what the call is about. */
    public static final byte TELLING = 16;

    static final long NOT_WATCHED = 0L;

    private static final long NOT_RESUMED = Long.MIN_VALUE;

    private static volatile StallsightHandler handler;
    private static volatile byte[] flags = new byte[0];
    private static volatile boolean[] seen;
    private static volatile Throwable firstError;
    private static volatile Object service;
    private static final java.util.concurrent.atomic.AtomicLong ERRORS = new java.util.concurrent.atomic.AtomicLong();

    private StallsightHook() {}

    /** Connects an engine. Threads are classified anew. */
    public static synchronized void install(StallsightHandler newHandler, byte[] newFlags) {
        flags = newFlags;
        handler = newHandler;
        StallsightThread.nextEngine();
    }

    /** The flags of the points; replaced when the catalog grows. */
    public static void setFlags(byte[] newFlags) {
        flags = newFlags;
    }

    /** Disconnects the engine; hooks that are still woven do nothing from here on. */
    public static synchronized void uninstall() {
        handler = null;
        seen = null;
        StallsightThread.nextEngine();
    }

    /** Makes every thread be classified again at its next hook: the rules have changed. */
    public static synchronized void reclassify() {
        StallsightThread.nextEpoch();
    }

    /**
     * What the engine offers to classes of the agent in the application's loaders (the test support): a
     * {@code BiFunction<String, Object, Object>}, null while no engine is attached. It is here because this class is
     * one and the same for all loaders.
     */
    public static Object service() {
        return service;
    }

    public static void setService(Object offered) {
        service = offered;
    }

    public static StallsightHandler handler() {
        return handler;
    }

    static byte flags(int point) {
        byte[] all = flags;
        return point < all.length ? all[point] : 0;
    }

    /** For the self-test: which points ran on threads with {@link StallsightThread#proving} set, or null to stop. */
    public static void recordProofs(boolean[] bySite) {
        seen = bySite;
    }

    static void prove(int point) {
        boolean[] proofs = seen;
        if (proofs != null && point < proofs.length) {
            proofs[point] = true;
        }
    }

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
            token = state.enter(point, self, subject);
        } catch (Throwable t) {
            suppress(t);
            return NOT_WATCHED;
        }
        if (token == StallsightThread.REFUSED) {
            throw StallsightHook.<RuntimeException>sneaky(state.takeRefusal());
        }
        return token;
    }

    /** The woven call of {@code token} ended, normally or not. */
    public static void exit(long token) {
        if (token != NOT_WATCHED) {
            StallsightThread.exit(token);
        }
    }

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
            if (!state.ask(point)) {
                return state.told;
            }
        } catch (Throwable t) {
            suppress(t);
            return false;
        }
        throw StallsightHook.<RuntimeException>sneaky(state.takeRefusal());
    }

    /** The method is over. */
    public static void asked(boolean told) {
        if (told) {
            try {
                StallsightThread.asked();
            } catch (Throwable t) {
                suppress(t);
            }
        }
    }

    /** Another tool tells of the blocking call in progress. */
    public static void tells(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null && state.guard == 0) {
                if (state.proving) {
                    prove(point);
                }
                state.told |= state.outer != 0;
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** {@code tool} is about to instrument this JVM. Returns whether it must not. */
    public static boolean takeOver(int point, Object tool) {
        try {
            StallsightHandler current = handler;
            if (current == null) {
                return false;
            }
            StallsightThread state = StallsightThread.current();
            if (state == null) {
                return current.takeOver(tool);
            }
            if (state.proving) {
                prove(point);
            }
            state.guard++;
            try {
                return current.takeOver(tool);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            suppress(t);
            return false;
        }
    }

    /** A thread begins to wait for work. Returns whether {@link #idleExit} is to be called with true. */
    public static boolean idleEnter(int point) {
        try {
            StallsightThread state = StallsightThread.current();
            return state != null && state.idleEnter(point);
        } catch (Throwable t) {
            suppress(t);
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
            suppress(t);
            return false;
        }
    }

    public static void quietExit(boolean entered) {
        if (entered) {
            StallsightThread.quietExit();
        }
    }

    /** A worker's wait for its next task is over, and this is the task. */
    public static void idleExitWith(boolean entered, int point, Object executor, Object task) {
        if (entered) {
            StallsightThread.idleExit();
        }
        taken(point, executor, task);
    }

    /** A task is being put into the queue of {@code executor}, by any thread. */
    public static void queued(int point, Object executor, Object task) {
        try {
            StallsightQueue queue = StallsightQueue.find(executor);
            if (queue == null || seen != null) {
                queue = StallsightThread.queueSeen(point, executor, queue);
            }
            if (queue != null) {
                queue.queued(task);
                StallsightThread.started(task, executor);
            }
            StallsightContexts.carry(task);
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** What {@link #queued} was told of has ended, and threw {@code failure} if that is not null. */
    public static void offered(int point, Object executor, Object task, Throwable failure) {
        if (failure instanceof java.util.concurrent.RejectedExecutionException) {
            rejected(point, executor, task);
        }
    }

    /** {@code what} (a channel) is from now on the business of {@code executor}. */
    public static void started(int point, Object what, Object executor) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state != null) {
                if (state.proving) {
                    prove(point);
                }
                StallsightThread.started(what, executor);
            }
            StallsightContexts.carry(what);
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** A task goes to a new worker of {@code executor} without having been queued. */
    public static void handed(int point, Object executor, Object task) {
        try {
            StallsightQueue queue = StallsightQueue.find(executor);
            if (queue == null || seen != null) {
                queue = StallsightThread.queueSeen(point, executor, queue);
            }
            if (queue != null && task != null) {
                queue.handed(task);
            }
            StallsightContexts.carry(task);
        } catch (Throwable t) {
            suppress(t);
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
            suppress(t);
        }
    }

    /** The current thread hands {@code task} over to another one, or to itself for later. */
    public static void carry(int point, Object task) {
        try {
            if (StallsightContexts.isOn() || seen != null) {
                prove(point); // on whichever thread: some of these are run by threads of the JDK only
                StallsightContexts.carry(task);
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /**
     * The current thread begins to run {@code task} in the middle of whatever it does.
     *
     * @return what {@link #resumed} takes
     */
    public static long resume(int point, Object task) {
        try {
            if (StallsightContexts.isOn() || seen != null) {
                prove(point);
                StallsightThread state = StallsightThread.current();
                if (state != null && state.guard == 0) {
                    return state.resume(task);
                }
            }
        } catch (Throwable t) {
            suppress(t);
        }
        return NOT_RESUMED;
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
                suppress(t);
            }
        }
    }

    /**
     * The current thread goes on with {@code connection}, which it has finished to connect, until it turns to others.
     */
    public static void connected(int point, Object connection) {
        try {
            if (StallsightContexts.isOn() || seen != null) {
                prove(point);
                StallsightThread state = StallsightThread.current();
                if (state != null && state.guard == 0) {
                    state.resume(connection);
                }
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** The current thread is about to write to {@code connection}. */
    public static void wrote(int point, Object connection) {
        try {
            if (StallsightContexts.isOn() || seen != null) {
                prove(point);
                StallsightContexts.wrote(connection);
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** The current thread has read from {@code connection}. */
    public static void read(int point, Object connection) {
        try {
            if (StallsightContexts.isOn() || seen != null) {
                prove(point);
                StallsightContexts.read(connection);
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** A task is refused by {@code executor}. */
    public static void rejected(int point, Object executor, Object task) {
        try {
            StallsightQueue queue = StallsightQueue.find(executor);
            if (queue == null || seen != null) {
                queue = StallsightThread.queueSeen(point, executor, queue);
            }
            if (queue != null) {
                queue.rejected(task);
            }
        } catch (Throwable t) {
            suppress(t);
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
            suppress(t);
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
            suppress(t);
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
            suppress(t);
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
                state.pollSelector(selector);
                return NOT_WATCHED;
            }
            token = state.selectEnter(point, selector);
        } catch (Throwable t) {
            suppress(t);
            return NOT_WATCHED;
        }
        if (token == StallsightThread.REFUSED) {
            throw StallsightHook.<RuntimeException>sneaky(state.takeRefusal());
        }
        return token;
    }

    public static void selectExit(long token, Object selector) {
        if (token != NOT_WATCHED) {
            StallsightThread.selectExit(token, selector);
        }
    }

    public static void selectorClosed(int point, Object selector) {
        try {
            StallsightThread state = StallsightThread.current();
            if (state == null || state.guard > 0) {
                return;
            }
            if (state.proving) {
                prove(point);
            }
            if (state.knowsSelectors) {
                state.selectorClosed(selector);
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /**
     * {@code connection} is about to be connected to {@code remote}, by any thread.
     *
     * @return what {@link #connectExit} takes; null if the connection is not counted
     */
    public static Object connectEnter(int point, Object connection, Object remote) {
        try {
            StallsightHandler current = handler;
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
                prove(point);
            }
            state.guard++;
            try {
                return current.connecting(connection, remote);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            suppress(t);
            return null;
        }
    }

    /** The connect of {@code token} returned, or threw {@code failure}. */
    public static void connectExit(Object token, Throwable failure) {
        if (token == null || failure == null) {
            return;
        }
        try {
            StallsightHandler current = handler;
            if (current != null) {
                current.connectFailed(token);
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** {@code connection} is about to be closed, by any thread, perhaps not for the first time. */
    public static void disconnected(int point, Object connection) {
        try {
            StallsightHandler current = handler;
            if (current == null) {
                return;
            }
            StallsightThread state = StallsightThread.current();
            if (state == null) {
                current.disconnected(connection);
                return;
            }
            if (state.proving) {
                prove(point);
            }
            state.guard++;
            try {
                current.disconnected(connection);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** {@code host} can show what the agent knows; it may still be in its constructor. */
    public static void hostSeen(int point, Object host) {
        try {
            StallsightHandler current = handler;
            StallsightThread state = current == null ? null : StallsightThread.current();
            if (current == null || host == null || state != null && state.guard > 0) {
                return;
            }
            if (state == null) {
                current.hostSeen(point, host);
                return;
            }
            if (state.proving) {
                prove(point);
            }
            state.guard++;
            try {
                current.hostSeen(point, host);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** {@code what} was made, which will connect or ask for a connection. */
    public static void made(int point, Object what) {
        try {
            StallsightHandler current = handler;
            StallsightThread state = current == null ? null : StallsightThread.current();
            if (current == null || state != null && state.guard > 0) {
                return;
            }
            if (state == null) {
                current.made(what);
                return;
            }
            if (state.proving) {
                prove(point);
            }
            state.guard++;
            try {
                current.made(what);
            } finally {
                state.guard--;
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    /** What {@code from} was made by, {@code to} is made by as well; either may be null. */
    public static void passed(int point, Object from, Object to) {
        try {
            StallsightHandler current = handler;
            StallsightThread state = current == null ? null : StallsightThread.current();
            if (state == null || state.guard > 0) {
                return;
            }
            if (state.proving) {
                prove(point);
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
            suppress(t);
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
            StallsightThread state = handler == null ? null : StallsightThread.current();
            if (state == null) {
                return null;
            }
            Object before = state.asking;
            state.asking = asking;
            state.servingOther = true;
            return before;
        } catch (Throwable t) {
            suppress(t);
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
            suppress(t);
        }
    }

    /** A pool of connections turns to {@code served}, who has asked on this or on another thread. */
    public static void serving(int point, Object served) {
        try {
            StallsightThread state = handler == null ? null : StallsightThread.current();
            if (state != null) {
                state.servingOther = served != state.asking;
                if (StallsightContexts.isOn() && served != null) {
                    state.context = StallsightContexts.of(served, state.context);
                }
            }
        } catch (Throwable t) {
            suppress(t);
        }
    }

    public static void threadStarting(int point, Object thread) {
        try {
            StallsightHandler current = handler;
            if (current == null) {
                return;
            }
            StallsightThread state = StallsightThread.current();
            if (state != null && state.guard == 0) {
                if (state.proving) {
                    prove(point);
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
            suppress(t);
        }
    }

    public static void threadEnding(int point) {
        try {
            StallsightThread.ending(point);
        } catch (Throwable t) {
            suppress(t);
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
            suppress(t);
            return null;
        }
    }

    public static void endAgentWork(StallsightThread state) {
        if (state != null) {
            state.guard--;
        }
    }

    /** How many errors of the agent were kept from the application since the first attach. */
    public static long suppressedErrors() {
        return ERRORS.get();
    }

    /** The first suppressed error, for a bug report, or null. */
    public static Throwable firstSuppressedError() {
        return firstError;
    }

    /** Counts an error of the agent. Allocates nothing, as it may be out of memory or of stack. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // kept for the report at the end
    public static void suppress(Throwable t) {
        ERRORS.getAndIncrement();
        if (firstError == null) {
            firstError = t;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable t) throws T {
        throw (T) t;
    }
}
