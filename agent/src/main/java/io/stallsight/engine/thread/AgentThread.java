package io.stallsight.engine.thread;

import io.stallsight.hook.StallsightErrors;
import io.stallsight.hook.StallsightHook;

/**
 * A daemon thread of the agent. Never classified as non-blocking, never keeps the JVM alive, never dies of an error.
 */
public final class AgentThread extends Thread {

    /** Work that may be interrupted, which ends it. */
    public interface Work {
        void run() throws InterruptedException;
    }

    /** What a library starts on a thread of the agent gets into the same group. */
    private static final ThreadGroup GROUP = new ThreadGroup("stallsight");

    private final Work work;

    public AgentThread(String name, Work work) {
        super(GROUP, null, "stallsight-" + name, 0, false);
        this.work = work;
        setDaemon(true);
        // the application's loader must not be kept by, or looked up through, a thread of the agent
        setContextClassLoader(null);
    }

    /** Whether the agent has started the thread, or a library on behalf of the agent. */
    public static boolean isOfAgent(Thread thread) {
        return thread instanceof AgentThread || thread.getThreadGroup() == GROUP;
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
            StallsightErrors.suppress(t);
        } finally {
            AgentCpu.ends();
        }
    }
}
