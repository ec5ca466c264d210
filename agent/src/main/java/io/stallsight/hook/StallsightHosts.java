package io.stallsight.hook;

/** Entry point of woven code for hosts: objects of the application that can show the agent's numbers. */
public final class StallsightHosts {

    private static final Host HOST = new Host();

    private StallsightHosts() {}

    /** {@code host} can show what the agent knows; it may still be in its constructor. */
    public static void host(int point, Object host) {
        if (host != null) {
            HOST.begin(StallsightHook.current(), point, host, null);
        }
    }

    private static final class Host extends StallsightHook {
        @Override
        long run(StallsightEngine engine, StallsightThread state, int point, Object host, Object unused) {
            engine.hostSeen(point, host);
            return NOTHING;
        }
    }
}
