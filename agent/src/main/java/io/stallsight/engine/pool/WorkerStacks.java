package io.stallsight.engine.pool;

import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.ThreadFacts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks of a pool's busy workers. Used by the sampling thread. */
final class WorkerStacks {

    /** Stacks that are taken of one pool: the JVM is stopped meanwhile. */
    private static final int MAX_STACKS = 400;

    private static final int MAX_DEPTH = 100;

    private static final boolean HAS_MANAGEMENT =
            ModuleLayer.boot().findModule("java.management").isPresent();

    private final Workers kinds;
    private final Stacks stacks;
    private @Nullable ThreadMXBean bean;

    /** What one worker is doing; its stack is not empty and has no frames of the agent. */
    record Glimpse(
            Thread.State state,
            List<StackTraceElement> stack,
            @Nullable String lockOwner) {}

    WorkerStacks(Workers kinds, Stacks stacks) {
        this.kinds = kinds;
        this.stacks = stacks;
    }

    /** Of those workers that neither wait for work nor run an event loop. */
    List<Glimpse> of(List<Thread> workers) {
        List<Glimpse> glimpses = new ArrayList<>();
        List<Thread> platform = new ArrayList<>();
        for (Thread worker : workers.subList(0, Math.min(MAX_STACKS, workers.size()))) {
            Thread mounted = kinds.mounted(worker);
            if (mounted != null) {
                glimpses.add(glimpse(mounted));
            } else if (HAS_MANAGEMENT) {
                platform.add(worker);
            } else {
                glimpses.add(glimpse(worker));
            }
        }
        if (!platform.isEmpty()) {
            addAll(platform, glimpses);
        }
        glimpses.removeIf(
                glimpse -> glimpse.stack.isEmpty() || stacks.isIdle(glimpse.stack) || stacks.runsLoop(glimpse.stack));
        return glimpses;
    }

    /** In one stop of the JVM. */
    private void addAll(List<Thread> threads, List<Glimpse> into) {
        long[] ids = new long[threads.size()];
        Arrays.setAll(ids, i -> ThreadFacts.id(threads.get(i)));
        ThreadMXBean found = bean;
        if (found == null) {
            found = ManagementFactory.getThreadMXBean();
            bean = found;
        }
        for (ThreadInfo info : found.getThreadInfo(ids, MAX_DEPTH)) {
            if (info != null) {
                into.add(new Glimpse(
                        info.getThreadState(),
                        AgentFrames.withoutAgent(info.getStackTrace()),
                        info.getLockOwnerName()));
            }
        }
    }

    private static Glimpse glimpse(Thread thread) {
        return new Glimpse(ThreadFacts.state(thread), AgentFrames.withoutAgent(ThreadFacts.stack(thread)), null);
    }
}
