package io.stallsight.hook;

/** The task that one thread runs, as far as its executor's queue measures it. Written by that thread only. */
final class StallsightRun {

    /**
     * The queue of the executor from which this thread last took a task. It holds the executor weakly, as a thread may
     * outlive an executor of an application.
     */
    private StallsightQueue queue;

    /** {@link System#nanoTime()} at which a sampled task of {@link #queue} began to run, 0 if none runs. */
    private long start;

    /** Whether the thread runs a task from {@link #queue}. */
    private boolean runs;

    /** The queue of {@code from} if the thread took its last task there too, else null. */
    StallsightQueue knownQueue(Object from) {
        return queue != null && queue.executor().refersTo(from) ? queue : null;
    }

    /** The queue of the executor for which the thread works, or worked last; null if there was none. */
    StallsightQueue lastQueue() {
        return queue;
    }

    /**
     * Whether the thread runs a task from {@code of}. May be called by any thread, which sees a change a little late.
     */
    boolean isFrom(StallsightQueue of) {
        return runs && queue == of;
    }

    /** The thread begins to run {@code task}, which it took from the queue. */
    void begin(StallsightQueue taken, Object task) {
        queue = taken;
        runs = true;
        start = taken.take(task);
    }

    /** The thread runs tasks of {@code of} that it takes unseen. */
    void workFor(StallsightQueue of) {
        end();
        queue = of;
        runs = true;
    }

    /** The thread is done with its task, if it ran one. */
    void end() {
        runs = false;
        if (start != 0) {
            queue.addRun(System.nanoTime() - start);
            start = 0;
        }
    }
}
