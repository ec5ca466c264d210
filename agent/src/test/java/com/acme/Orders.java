package com.acme;

/** An application's class, for stacks that are walked for real: frames of the agent's packages are left out of them. */
public final class Orders {

    private Orders() {}

    public static void find(Runnable call) {
        call.run();
    }

    /** A frame of which a catalog may say that it polls. */
    public static void poll(Runnable call) {
        call.run();
    }
}
