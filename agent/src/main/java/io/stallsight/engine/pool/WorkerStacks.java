package io.stallsight.engine.pool;

import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.StackTaker;
import io.stallsight.engine.thread.StopBudget;
import io.stallsight.engine.thread.ThreadGlance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The stacks of a pool's busy workers. Used by the sampling thread. */
final class WorkerStacks {

    /** Stacks that are taken of one pool. */
    private static final int MAX_STACKS = 400;

    private static final int MAX_DEPTH = 100;

    /** What a thread does that waits for nothing. */
    static final String COMPUTING = "computing";

    private final Workers kinds;
    private final Stacks stacks;
    private final StackTaker taker;

    /** What one worker is doing; its stack is not empty and has no frames of the agent. */
    record Glimpse(ThreadGlance glance, List<StackTraceElement> stack) {

        Thread.State state() {
            return glance.state();
        }

        /** Name of the thread that has the monitor for which the worker waits; null if not known. */
        @Nullable
        String lockOwner() {
            return glance.ownerName();
        }

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

    WorkerStacks(Workers kinds, StackTaker taker, Stacks stacks) {
        this.taker = taker;
        this.kinds = kinds;
        this.stacks = stacks;
    }

    /** Of those workers that neither wait for work nor run an event loop. */
    List<Glimpse> of(List<Thread> workers) {
        List<Glimpse> glimpses = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        int most = taker.budget().level() == StopBudget.Level.FULL ? MAX_STACKS : StackTaker.MAX_AT_ONCE;
        for (Thread worker : workers.subList(0, Math.min(most, workers.size()))) {
            Thread mounted = kinds.mounted(worker);
            threads.add(mounted == null ? worker : mounted);
        }
        for (int from = 0; from < threads.size(); from += StackTaker.MAX_AT_ONCE) {
            addAll(threads.subList(from, Math.min(threads.size(), from + StackTaker.MAX_AT_ONCE)), glimpses);
        }
        glimpses.removeIf(
                glimpse -> glimpse.stack.isEmpty() || stacks.isIdle(glimpse.stack) || stacks.runsLoop(glimpse.stack));
        return glimpses;
    }

    /** Of each of these threads, whatever it does; null for one that has ended, or if there are too many. */
    List<@Nullable Glimpse> ofEach(List<Thread> threads) {
        List<@Nullable Glimpse> glimpses = new ArrayList<>();
        int most = Math.min(
                threads.size(), taker.budget().level() == StopBudget.Level.FULL ? MAX_STACKS : StackTaker.MAX_AT_ONCE);
        for (int from = 0; from < most; from += StackTaker.MAX_AT_ONCE) {
            List<Thread> some = threads.subList(from, Math.min(most, from + StackTaker.MAX_AT_ONCE));
            for (ThreadGlance glance : taker.take(some, MAX_DEPTH)) {
                List<StackTraceElement> stack = glance == null ? List.of() : stacks.readable(glance.stack());
                glimpses.add(glance == null || stack.isEmpty() ? null : new Glimpse(glance, stack));
            }
        }
        while (glimpses.size() < threads.size()) {
            glimpses.add(null);
        }
        return glimpses;
    }

    /** What a thread does: the blocking call that it is in, or {@link #COMPUTING}, or {@code waiting}. */
    String doing(Glimpse glimpse) {
        if (glimpse.state() == Thread.State.BLOCKED) {
            return glimpse.lockOwner() == null ? "synchronized" : "synchronized, held by " + glimpse.lockOwner();
        }
        String call = stacks.callOn(glimpse.stack());
        if (call != null) {
            return call;
        }
        return glimpse.state() == Thread.State.RUNNABLE ? COMPUTING : "waiting";
    }

    private void addAll(List<Thread> threads, List<Glimpse> into) {
        for (ThreadGlance glance : taker.take(threads, MAX_DEPTH)) {
            if (glance != null) {
                into.add(new Glimpse(glance, stacks.readable(glance.stack())));
            }
        }
    }
}
