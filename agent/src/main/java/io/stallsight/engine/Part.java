package io.stallsight.engine;

/** What is started at the attach and stopped at the detach, or at the end of the JVM. */
interface Part {

    void start();

    /** Undoes {@link #start}, also if that has failed half-way. Must not throw because it was not started. */
    void stop() throws InterruptedException;

    /**
     * Whether it is also stopped when the JVM ends: it has something to write or send. Other parts are left alone then,
     * as the application still runs and JFR may write its recording later.
     */
    boolean stopsAtExit();

    /** Starting and stopping. */
    interface Action {
        void run() throws InterruptedException;
    }

    /** A part that is stopped at the detach only. */
    static Part untilDetach(Runnable start, Action stop) {
        return of(start, stop, false);
    }

    /** A part that is stopped at the detach and at the end of the JVM. */
    static Part untilExit(Runnable start, Action stop) {
        return of(start, stop, true);
    }

    private static Part of(Runnable start, Action stop, boolean stopsAtExit) {
        return new Part() {
            @Override
            public void start() {
                start.run();
            }

            @Override
            public void stop() throws InterruptedException {
                stop.run();
            }

            @Override
            public boolean stopsAtExit() {
                return stopsAtExit;
            }
        };
    }
}
