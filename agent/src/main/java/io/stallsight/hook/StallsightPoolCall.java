package io.stallsight.hook;

/**
 * The pool that one thread, which must not block, is calling for a connection. A pool that calls another one counts
 * alone. Used by that thread only.
 */
final class StallsightPoolCall {

    private StallsightConnectionPool pool;
    private int inUse;
    private int depth;

    void begin(StallsightConnectionPool called) {
        if (depth++ == 0) {
            pool = called;
            inUse = called.lent();
        }
    }

    void end() {
        if (depth > 0 && --depth == 0) {
            pool = null;
        }
    }

    /** Nothing is in progress, even if its end was not seen. */
    void clear() {
        depth = 0;
        pool = null;
    }

    /** Null if the thread calls none. */
    StallsightConnectionPool pool() {
        return pool;
    }

    /** How many connections of the pool were out when the thread called it. */
    int inUse() {
        return inUse;
    }
}
