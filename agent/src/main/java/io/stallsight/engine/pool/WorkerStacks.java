package io.stallsight.engine.pool;

import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.ThreadFacts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.locks.LockSupport;
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
            @Nullable String lockOwner) {

        /** Whether the worker lets time pass, and waits for nothing else. */
        boolean sleeps() {
            for (int i = 0; i < stack.size(); i++) {
                String type = stack.get(i).getClassName();
                String method = stack.get(i).getMethodName();
                if (type.equals(LockSupport.class.getName()) && method.equals("parkNanos")) {
                    // a lock or a queue parks as well
                    return i + 1 == stack.size()
                            || !stack.get(i + 1).getClassName().startsWith("java.");
                }
                if (type.equals(Thread.class.getName()) && method.equals("sleep")) {
                    return true;
                }
                if (!isWait(type)) {
                    return false;
                }
            }
            return false;
        }

        /**
         * Whether a fork-join worker waits for a task that it has split off; it runs others meanwhile, or another does.
         */
        boolean joins() {
            for (StackTraceElement frame : stack) {
                String type = frame.getClassName();
                if (type.equals(ForkJoinTask.class.getName()) || type.equals(ForkJoinPool.class.getName())) {
                    return true;
                }
                if (!isWait(type) && !type.equals(LockSupport.class.getName())) {
                    return false;
                }
            }
            return false;
        }

        private static boolean isWait(String type) {
            return type.equals(Thread.class.getName())
                    || type.equals(Object.class.getName())
                    || type.endsWith(".Unsafe");
        }
    }

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
                        info.getThreadState(), stacks.readable(info.getStackTrace()), info.getLockOwnerName()));
            }
        }
    }

    private Glimpse glimpse(Thread thread) {
        return new Glimpse(ThreadFacts.state(thread), stacks.readable(ThreadFacts.stack(thread)), null);
    }
}
