package io.stallsight.engine.detect;

import io.stallsight.hook.StallsightHook;

/**
 * A daemon thread of the agent. Never classified as non-blocking, never keeps the JVM alive, never dies of an error.
 */
public final class AgentThread extends Thread {

    /** Work that may be interrupted, which ends it. */
    public interface Work {
        void run() throws InterruptedException;
    }

    private final Work work;

    public AgentThread(String name, Work work) {
        super(null, null, "stallsight-" + name, 0, false);
        this.work = work;
        setDaemon(true);
        // the application's loader must not be kept by, or looked up through, a thread of the agent
        setContextClassLoader(null);
    }

    @Override
    public void run() {
        StallsightHook.beginAgentWork();
        AgentCpu.begins();
        try {
            work.run();
        } catch (InterruptedException end) {
            // detached
        } catch (Throwable t) {
            StallsightHook.suppress(t);
        } finally {
            AgentCpu.ends();
        }
    }
}
