package io.stallsight.hook;

/** How many tasks of any executors a thread has taken. Written by that thread only. */
final class StallsightTaskCount {

    private int taken;

    /** The thread is done with all that it did before. */
    void next() {
        taken++;
    }

    /** May be called by any thread, which sees a change a little late. */
    int taken() {
        return taken;
    }
}
