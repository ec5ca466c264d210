package io.stallsight.engine.thread;

import java.util.IdentityHashMap;

/** CPU time of the agent's own threads. The cost of hooks on threads of the application is not in it. */
public final class AgentCpu {

    private static final IdentityHashMap<Thread, Long> NATIVE_IDS = new IdentityHashMap<>();
    private static long ended;

    private AgentCpu() {}

    /** CPU time of all threads of the agent since it was attached, nanoseconds; -1 if this system does not show it. */
    public static synchronized long nanos() {
        long nanos = ended;
        boolean known = false;
        for (long nativeId : NATIVE_IDS.values()) {
            ThreadTimes times = ThreadTimes.of(nativeId);
            if (times != null) {
                known = true;
                nanos += times.cpu();
            }
        }
        return known ? nanos : -1;
    }

    /** The current thread is one of the agent's, from here to {@link #ends()}. */
    static synchronized void begins() {
        NATIVE_IDS.put(Thread.currentThread(), ThreadTimes.currentNativeId());
    }

    static synchronized void ends() {
        Long nativeId = NATIVE_IDS.remove(Thread.currentThread());
        ThreadTimes times = nativeId == null ? null : ThreadTimes.of(nativeId);
        if (times != null) {
            ended += times.cpu();
        }
    }
}
