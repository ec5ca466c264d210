package io.stallsight.hook;

/**
 * Which virtual threads the hooks watch. Virtual threads may block by nature, so by default none is watched, and a
 * million unnamed ones cost nothing. Only a virtual thread that waits in a selector may be an event loop: it gets a
 * state, and the engine decides.
 */
public final class StallsightVirtualThreads {

    private static final Class<?> TYPE = type();

    private static volatile boolean watched;
    private static volatile boolean unnamedWatched;
    private static volatile boolean seen;

    /** A virtual thread has waited in a selector. */
    private static volatile boolean selects;

    private StallsightVirtualThreads() {}

    private static Class<?> type() {
        try {
            return Class.forName("java.lang.VirtualThread", false, null);
        } catch (ClassNotFoundException before19) {
            return null;
        }
    }

    public static boolean isVirtual(Thread thread) {
        return thread.getClass() == TYPE;
    }

    /** Sets whether virtual threads with a name are classified like platform threads. */
    public static void watch(boolean watch) {
        watched = watch;
    }

    /** Sets whether virtual threads without a name are classified as well, once those with a name are. */
    public static void watchUnnamed(boolean watch) {
        unnamedWatched = watch;
    }

    /** Whether a virtual thread has come to a hook. */
    public static boolean seen() {
        return seen;
    }

    /** A virtual thread waits in a selector. */
    static void selects() {
        if (!selects) {
            selects = true;
        }
    }

    /** Whether a virtual thread has waited in a selector, and so has a state although it is not watched. */
    static boolean maySelect() {
        return selects;
    }

    /** Whether those with a name are classified like platform threads. */
    static boolean areWatched() {
        return watched;
    }

    /** Whether the virtual {@code thread}, which has come to a hook, is watched. */
    static boolean isWatched(Thread thread) {
        if (!seen) {
            seen = true;
        }
        return watched && (unnamedWatched || !thread.getName().isEmpty());
    }
}
