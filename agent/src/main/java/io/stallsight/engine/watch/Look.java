package io.stallsight.engine.watch;

/** What one room does on the {@link WatchingThread}. It must never wait, not even for a lock. */
public interface Look {

    /** How often a look is due while there is a thread to watch, milliseconds. */
    int PERIOD_MILLIS = 5;

    /**
     * Looks at the threads that must not block.
     *
     * @param now {@link System#nanoTime()}
     * @param due the time at which this look was due, by the same clock; a look is late if the watching thread got no
     *     CPU in time
     */
    void look(long now, long due);

    /** Whether looks are due while there is no thread that must not block. Called by the watching thread. */
    default boolean isNeeded() {
        return false;
    }

    /** Whether everything that was over at the last look has been reported. Called by any thread. */
    boolean isSettled();

    /**
     * A thread waits until everything is reported. Until {@link #calmDown}, the room keeps nothing back for a better
     * moment. Called by any thread; calls may nest.
     */
    default void hurry() {}

    /** Ends one {@link #hurry}. */
    default void calmDown() {}
}
