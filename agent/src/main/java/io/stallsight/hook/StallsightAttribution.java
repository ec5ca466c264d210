package io.stallsight.hook;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The context to which the work of one thread is attributed, and the contexts of tasks that threads have handed over;
 * {@link StallsightContexts} says how they come together. The thread itself writes its own; any thread may read it.
 */
final class StallsightAttribution {

    /** Whose work is followed from thread to thread. */
    private static final int NOBODYS = 0;

    private static final int REQUESTS = 1;
    private static final int TESTS = 2;

    /** The context of a task that several requests have handed over. Contexts of requests begin below it. */
    static final long SEVERAL = -1L;

    private static final StallsightIdentityMap<Long> OF_TASKS = new StallsightIdentityMap<>();
    private static final AtomicLong LAST_REQUEST = new AtomicLong(SEVERAL);
    private static volatile int followed = NOBODYS;

    /** To follow a request costs some 10 us: 1,000 in a second are 1 % of a core. */
    private static final int MAX_IN_WINDOW = 100;

    private static final int WINDOW_MILLIS = 100;
    private static final long WINDOW_NANOS = WINDOW_MILLIS * 1_000_000L;
    private static final AtomicInteger IN_WINDOW = new AtomicInteger();
    private static volatile long windowStart;

    private volatile long current;

    /** The context of the thread while it runs no task of another context: a test's own thread has that of the test. */
    private long own;

    /** Whether work is attributed to anything. */
    static boolean isOn() {
        return followed != NOBODYS;
    }

    static boolean followsTests() {
        return followed == TESTS;
    }

    static boolean followsRequests() {
        return followed == REQUESTS;
    }

    static synchronized void followTests() {
        if (followed != TESTS) {
            OF_TASKS.clear();
            followed = TESTS;
        }
    }

    /** Returns whether requests are followed from here on: tests go first. */
    static boolean followRequests() {
        if (followed == NOBODYS) {
            beginRequests();
        }
        return followed == REQUESTS;
    }

    private static synchronized void beginRequests() {
        if (followed == NOBODYS) {
            followed = REQUESTS;
        }
    }

    static synchronized void stopFollowingRequests() {
        if (followed == REQUESTS) {
            turnOff();
        }
    }

    /**
     * A context for a request that begins at {@code now}, {@link System#nanoTime()}; 0 if too many have begun in the
     * last {@value #WINDOW_MILLIS} ms. Threads may count a few too many when a window begins.
     */
    static long ofNextRequest(long now) {
        if (now - windowStart >= WINDOW_NANOS) {
            windowStart = now;
            IN_WINDOW.set(0);
        }
        return IN_WINDOW.incrementAndGet() <= MAX_IN_WINDOW ? LAST_REQUEST.decrementAndGet() : 0L;
    }

    /** Forgets all tasks; threads keep their contexts until they turn to another task. */
    static synchronized void turnOff() {
        followed = NOBODYS;
        OF_TASKS.clear();
    }

    /**
     * The context in which {@code task} was handed over; {@code otherwise} if that is not known. A task of no known
     * request is of none: a worker that takes it from the queue of a request must not be taken for that one's.
     */
    static long of(Object task, long otherwise) {
        Long context = OF_TASKS.get(task);
        if (followsRequests()) {
            return context == null || context == SEVERAL ? 0L : context;
        }
        return context == null ? otherwise : context;
    }

    /** {@code task} is handed over in {@code context}, perhaps once more. */
    static void attribute(Object task, long context) {
        if (followsRequests()) {
            attributeToRequest(task, context);
        } else {
            OF_TASKS.put(task, context);
        }
    }

    /** The same for a task that works for all that hand it over. */
    static void share(Object task, long context) {
        attribute(task, context == 0 && followsRequests() ? SEVERAL : context);
    }

    /**
     * What is handed over in two contexts may be the worker of a queue that both have filled: it is of none of them. A
     * test attributes it to the last one, as tests mostly run one after the other.
     */
    private static void attributeToRequest(Object task, long context) {
        Long before = OF_TASKS.get(task);
        if (before == null) {
            if (context != 0) {
                OF_TASKS.put(task, context);
            }
        } else if (before != context) {
            OF_TASKS.put(task, SEVERAL);
        }
    }

    long current() {
        return current;
    }

    void setCurrent(long context) {
        current = context;
    }

    /** Sets the thread's own context, which becomes the current one; returns its own context before. */
    long own(long context) {
        long before = own;
        own = context;
        current = context;
        return before;
    }

    void copy(StallsightAttribution from) {
        own = from.own;
        current = from.current;
    }

    /** The thread has taken {@code task} as its next one. */
    void take(Object task) {
        current = of(task, own);
    }

    /** The thread turns to {@code task} in the middle of another one, and keeps its context if the task has none. */
    void turnTo(Object task) {
        current = of(task, current);
    }

    /** The task of another context is over. */
    void backToOwn() {
        if (current != own) {
            current = own;
        }
    }
}
