package io.stallsight.hook;

/**
 * Entry points of woven code for contexts, and the attribution of work to them.
 *
 * <p><b>Problem.</b> A test hands a task to an event loop. What the task does there belongs to that test, while other
 * tests use the same loop at the same time. A request hands its work on in the same way, while thousands of others do.
 * The task must not be wrapped, since libraries compare and remove tasks by identity.
 *
 * <p><b>Algorithm.</b> A context is a number that the engine gives to a test, or that a request gets while requests are
 * followed. A thread that hands a task over leaves its own context for it in an identity map with weak keys
 * ({@link #carry}). The thread that takes the task works in that context until it takes the next task, waits, or polls.
 * A task that runs in the middle of another one ({@link #resumeEnter}, {@link #turn}) has its own context until it is
 * over. What crosses a connection is attributed by {@link StallsightDirections}, for tests only: requests share
 * connections, and an answer does not say whose it is.
 *
 * <p><b>Invariants.</b> A context that is not known is 0, never a guess. Those of tests are positive, those of requests
 * negative, and both are never followed at the same time. The map holds no task alive. Until the engine begins the
 * first context of a test, or wants to know requests, each of these hooks reads one field.
 *
 * <p><b>Given up.</b> A task that a library keeps in a queue of its own, and runs at a point that is not woven, has the
 * context of the thread that runs it. So a request may get the work of another one that shares a queue with it, until
 * the queue's worker is handed over by both.
 */
public final class StallsightContexts {

    private static final long NOT_RESUMED = Long.MIN_VALUE;

    private static final Carry CARRY = new Carry();
    private static final Share SHARE = new Share();
    private static final Resume RESUME = new Resume();
    private static final Turn TURN = new Turn();

    private StallsightContexts() {}

    /**
     * The engine begins a context: the current thread works for it from here on, and comes back to it after the tasks
     * of others.
     *
     * @return the context of the thread before
     */
    public static long begin(long context) {
        StallsightAttribution.followTests();
        StallsightThread state = StallsightHook.current();
        if (state != null) {
            return state.attribution().own(context);
        }
        Thread virtual = Thread.currentThread();
        long before = StallsightAttribution.of(virtual, 0L);
        StallsightAttribution.attribute(virtual, context);
        return before;
    }

    /**
     * The engine wants to know which request work is for that was handed on.
     *
     * @return whether that is followed from here on; not while tests have contexts
     */
    public static boolean followRequests() {
        return StallsightAttribution.followRequests();
    }

    /** The engine does not want to know it any more: what requests have handed on is forgotten. */
    public static void stopFollowingRequests() {
        StallsightAttribution.stopFollowingRequests();
    }

    /** The engine ends all contexts: every task and connection is forgotten. */
    public static void stop() {
        StallsightAttribution.turnOff();
        StallsightDirections.clear();
    }

    /** The current thread hands {@code task} over to another one, or to itself for later. */
    public static void carry(int point, Object task) {
        if (isFollowed()) {
            CARRY.begin(StallsightHook.current(), point, task, null);
        }
    }

    /** As {@link #carry}, of a task that works for all that hand it over: for nobody, if one of them is not known. */
    public static void share(int point, Object task) {
        if (isFollowed()) {
            SHARE.begin(StallsightHook.current(), point, task, null);
        }
    }

    /**
     * The current thread begins to run {@code task} in the middle of another one.
     *
     * @return what {@link #resumeExit} takes
     */
    public static long resumeEnter(int point, Object task) {
        StallsightThread state = isFollowed() ? StallsightHook.current() : null;
        if (state == null) {
            return NOT_RESUMED;
        }
        long before = state.attribution().current();
        return RESUME.begin(state, point, task, null) == StallsightHook.NOTHING ? NOT_RESUMED : before;
    }

    /** The resumed task is over. */
    public static void resumeExit(long before) {
        StallsightThread state = before == NOT_RESUMED ? null : StallsightHook.current();
        if (state != null) {
            state.attribution().setCurrent(before);
        }
    }

    /** The current thread turns to {@code task}, in the middle of what {@link #resumeEnter} has begun. */
    public static void turn(int point, Object task) {
        StallsightThread state = isFollowed() ? StallsightHook.current() : null;
        if (state != null) {
            TURN.begin(state, point, task, null);
        }
    }

    /** Whether work is attributed, or the self-test wants to see the hooks that do it. */
    public static boolean isFollowed() {
        return StallsightAttribution.isOn() || StallsightPoints.isProving();
    }

    /** The context of the current thread. A virtual thread without a state works for the thread that started it. */
    static long current(StallsightThread state) {
        return state == null ? StallsightAttribution.of(Thread.currentThread(), 0L) : state.context();
    }

    /** The current thread hands {@code task} over, or null. */
    static void carry(StallsightThread state, Object task) {
        if (StallsightAttribution.isOn() && task != null) {
            StallsightAttribution.attribute(task, current(state));
        }
    }

    /** A hook of contexts. Some are run by threads of the JDK only, so the self-test takes any thread's proof. */
    abstract static class ContextHook extends StallsightHook {
        @Override
        final boolean isProven(StallsightThread state) {
            return true;
        }
    }

    private static final class Carry extends ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object task, Object unused) {
            carry(state, task);
            return NOTHING;
        }
    }

    private static final class Share extends ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object task, Object unused) {
            if (StallsightAttribution.isOn() && task != null) {
                StallsightAttribution.share(task, StallsightContexts.current(state));
            }
            return NOTHING;
        }
    }

    private static final class Resume extends ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object task, Object unused) {
            state.attribution().turnTo(task);
            return 1L;
        }
    }

    private static final class Turn extends ContextHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object task, Object unused) {
            if (task != null) {
                state.attribution().turnTo(task);
            }
            return NOTHING;
        }
    }
}
