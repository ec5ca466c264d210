package io.stallsight.engine.deadlock;

import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.reflect.References;
import io.stallsight.engine.stack.AgentFrames;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightQueue;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports a loop that waits for itself, while it waits and before any timeout.
 *
 * <p><b>Problem.</b> A loop may wait for a future that only a task in its own queue can complete. From outside this
 * looks like any other wait, and a wrong report would be worse than none.
 *
 * <p><b>Algorithm.</b> Hooks record the tasks and channels that the running tick has handed to an executor. A loop that
 * has waited for {@value #PATIENCE_MILLIS} ms is looked at once. If the executor is the loop's own, the references of
 * these tasks, and of the queued ones, are followed ({@link References}). If a path leads to the very object that the
 * loop waits for, that task can end the wait only after the wait has ended. The same holds for two loops if each waits
 * for a task on the other.
 *
 * <p><b>Invariants.</b> The report has the path as its proof; without a path there is no report. The wait is checked
 * again before the report. No method of the application is called.
 *
 * <p><b>Given up.</b> Rings of more than two loops, paths beyond the bounds of {@link References}, and waits beyond
 * {@value #MAX_WALKS_PER_SECOND} searches a second. Used by the sampling thread.
 */
public final class DeadlockWatch implements Sampler {

    private static final int PATIENCE_MILLIS = 20;
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    private static final int MAX_TASKS = 100;

    /**
     * A search may follow thousands of references: a service that blocks all the time must not keep this thread busy.
     */
    private static final int MAX_WALKS_PER_SECOND = 10;

    /** A loop in a wait. */
    private record Waiting(Thread thread, StallsightThread state, StallsightLoop loop, Object target, long since) {}

    private final NonBlockingThreads threads;
    private final Glimpses glimpses;
    private final Stacks stacks;
    private final FactListener listener;
    private final References references = new References();

    /** Start of the last wait of a thread that was looked at: each is looked at once. */
    private final IdentityHashMap<Thread, Long> looked = new IdentityHashMap<>();

    private long second;
    private int walks;

    public DeadlockWatch(NonBlockingThreads threads, Glimpses glimpses, Stacks stacks, FactListener listener) {
        this.threads = threads;
        this.glimpses = glimpses;
        this.stacks = stacks;
        this.listener = listener;
    }

    @Override
    public void step(long now) {
        List<Waiting> waiting = new ArrayList<>();
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightThread state = entry.state();
            StallsightLoop loop = entry.ticks();
            if (state != null && loop != null && loop.start() != 0) {
                long since = state.call().startedAt();
                Object target = glimpses.awaited(state);
                if (target != null && now - since >= PATIENCE) {
                    waiting.add(new Waiting(entry.thread(), state, loop, target, since));
                }
            }
        }
        for (Waiting one : waiting) {
            Long last = looked.put(one.thread, one.since);
            if (last == null || last != one.since) {
                look(one, waiting, now);
            }
        }
        looked.keySet().removeIf(thread -> !thread.isAlive());
    }

    private void look(Waiting one, List<Waiting> all, long now) {
        List<String> path = path(one, one);
        if (path != null) {
            report(one, path, null, now);
            return;
        }
        for (Waiting other : all) {
            if (other.thread != one.thread) {
                path = path(one, other);
                if (path != null && path(other, one) != null) {
                    report(one, path, other.thread.getName(), now);
                    return;
                }
            }
        }
    }

    /**
     * The path from the tasks of {@code from} on the executor of {@code on} to the object that {@code from} waits for.
     */
    private @Nullable List<String> path(Waiting from, Waiting on) {
        StallsightQueue queue = on.loop.queue();
        Object executor = queue == null ? null : queue.executor().get();
        if (executor == null) {
            return null;
        }
        List<Object> roots = from.loop.tick().startedOn(executor);
        if (executor instanceof ThreadPoolExecutor pool) {
            Object[] queued = pool.getQueue().toArray();
            for (int i = 0; i < Math.min(queued.length, MAX_TASKS); i++) {
                roots.add(queued[i]);
            }
        }
        return roots.isEmpty() || !mayWalk() ? null : references.path(roots, from.target);
    }

    private boolean mayWalk() {
        long now = System.nanoTime();
        if (now - second > TimeUnit.SECONDS.toNanos(1)) {
            second = now;
            walks = 0;
        }
        return ++walks <= MAX_WALKS_PER_SECOND;
    }

    private void report(Waiting one, List<String> path, @Nullable String through, long now) {
        List<StackTraceElement> stack = AgentFrames.withoutAgent(ThreadFacts.stack(one.thread));
        // the loop may have gone on meanwhile
        if (stack.isEmpty()
                || one.state.call().self() != one.target
                || one.state.call().startedAt() != one.since) {
            return;
        }
        String name = one.thread.getName();
        listener.observed(new SelfDeadlock(
                one.since,
                now - one.since,
                ThreadFacts.id(one.thread),
                name,
                LoopGroup.of(name),
                stack.get(stacks.site(stack)),
                stack,
                one.target.getClass().getName(),
                path,
                through,
                one.state.context()));
    }
}
