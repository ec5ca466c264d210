package io.stallsight.hook;

/**
 * The context to which the work of one thread is attributed, and the contexts of tasks that threads have handed over;
 * {@link StallsightContexts} says how they come together. The thread itself writes its own; any thread may read it.
 */
final class StallsightAttribution {

    private static final StallsightIdentityMap<Long> OF_TASKS = new StallsightIdentityMap<>();
    private static volatile boolean on;

    private volatile long current;

    /** The context of the thread while it runs no task of another context: a test's own thread has that of the test. */
    private long own;

    /** Whether a context has begun since the attach: until then nothing is attributed. */
    static boolean isOn() {
        return on;
    }

    static void turnOn() {
        on = true;
    }

    /** Forgets all tasks; threads keep their contexts until they turn to another task. */
    static void turnOff() {
        on = false;
        OF_TASKS.clear();
    }

    /** The context in which {@code task} was handed over; {@code otherwise} if that is not known. */
    static long of(Object task, long otherwise) {
        Long context = OF_TASKS.get(task);
        return context == null ? otherwise : context;
    }

    static void attribute(Object task, long context) {
        OF_TASKS.put(task, context);
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
