package com.acme;

/** The class of a library, for stacks that are walked for real. */
public final class Wire {

    private Wire() {}

    /** A call that the application waits for. */
    public static void receive(Runnable wait) {
        wait.run();
    }

    /** The library's loop, to which the application leaves its thread. */
    public static void run(Runnable wait) {
        wait.run();
    }
}
