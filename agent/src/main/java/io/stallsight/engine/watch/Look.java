package io.stallsight.engine.watch;

/** What one room does on the {@link WatchingThread}. It must never wait, not even for a lock. */
public interface Look {

    /** How often a look is due while a loop works, milliseconds. */
    int PERIOD_MILLIS = 5;

    /**
     * Looks at the threads that must not block.
     *
     * @param now {@link System#nanoTime()}
     * @param due the time at which this look was due, by the same clock; a look is late if the watching thread got no
     *     CPU in time
     */
    void look(long now, long due);

    /** Nothing goes on: only the beginning of a tick ends the sleep. */
    long UNTIL_A_TICK = Long.MAX_VALUE;

    /**
     * How long this room needs no look from now on, nanoseconds: 0 while something goes on, up to
     * {@link #UNTIL_A_TICK}. Called by the watching thread after a look, and once more when each tick that begins would
     * wake it.
     */
    long rest();

    /** The watching thread is about to sleep for long: the last moment to read what later looks compare with. */
    default void beforeSleep() {}

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
