package io.stallsight.engine.deadlock;

import io.stallsight.engine.catalog.Catalog;
import io.stallsight.engine.detect.Glimpses;
import io.stallsight.engine.detect.NonBlockingThreads;
import io.stallsight.engine.detect.WaitListener;
import io.stallsight.engine.fact.FactListener;
import io.stallsight.engine.fact.SelfDeadlock;
import io.stallsight.engine.fact.SelfDeadlock.Certainty;
import io.stallsight.engine.reflect.Completions;
import io.stallsight.engine.stack.Stacks;
import io.stallsight.engine.thread.LoopGroup;
import io.stallsight.engine.thread.ThreadFacts;
import io.stallsight.engine.watch.Sampler;
import io.stallsight.hook.StallsightLoop;
import io.stallsight.hook.StallsightThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reports a loop that waits for itself, while it waits and before any timeout.
 *
 * <p><b>Problem.</b> A loop may wait for a future that only a task in its own queue can complete. From outside this
 * looks like any other wait, and a wrong report would be worse than none.
 *
 * <p><b>Algorithm.</b> Hooks record the tasks and channels that the running tick has handed to an executor. A loop that
 * has waited for {@value #PROOF_MILLIS} ms is looked at once. If the executor is the loop's own, the references of
 * these tasks, and of the queued ones, are followed ({@link Evidence}). What is proven is reported at once. What is
 * only likely is looked at again after {@value #SUSPICION_MILLIS} ms, as most waits for another thread have ended by
 * then, and reported as a suspicion. The same holds for two loops if each waits for a task on the other.
 *
 * <p><b>Invariants.</b> The report has the path as its evidence; without a path there is no report. The wait is checked
 * again before the report. If another thread completes the object, the report is withdrawn ({@link Claims}). Of the
 * application, only methods of queues are called, and those of tasks that say when they are due ({@link QueuedWork}).
 *
 * <p><b>Given up.</b> Rings of more than two loops, paths beyond the bounds of the search, and executors with several
 * threads: any of these could run the task. Beyond {@value #MAX_OBJECTS_PER_SECOND} objects a second the others come
 * later. Used by the sampling thread.
 */
public final class DeadlockWatch implements Sampler, WaitListener {

    private static final int PROOF_MILLIS = 20;
    private static final int SUSPICION_MILLIS = 1_000;
    private static final long PROOF_AFTER = TimeUnit.MILLISECONDS.toNanos(PROOF_MILLIS);
    private static final long SUSPICION_AFTER = TimeUnit.MILLISECONDS.toNanos(SUSPICION_MILLIS);

    /**
     * A search may follow thousands of references: a service that blocks all the time must not keep this thread busy.
     */
    private static final int MAX_OBJECTS_PER_SECOND = 200_000;

    private final NonBlockingThreads threads;
    private final Glimpses glimpses;
    private final Stacks stacks;
    private final FactListener listener;
    private final Evidence evidence;
    private final Claims claims;

    /** The wait of a thread that was looked at last. */
    private final Map<StallsightThread, Looked> looked = new HashMap<>();

    /** Beginning of the second, and {@link Evidence#visited} then. */
    private long second;

    private long visited;

    /** @param isDone whether there is nothing more to look for */
    private record Looked(long since, boolean isDone) {}

    public DeadlockWatch(
            Catalog catalog, NonBlockingThreads threads, Glimpses glimpses, Stacks stacks, FactListener listener) {
        this.threads = threads;
        this.glimpses = glimpses;
        this.stacks = stacks;
        this.listener = listener;
        Completions completions = new Completions(catalog.futures());
        this.evidence = new Evidence(catalog, completions);
        this.claims = new Claims(completions);
    }

    @Override
    public void waitEnds(StallsightThread state) {
        claims.waitEnds(state);
    }

    /** Of a wait that goes on, the watching thread knows: its loop is in a tick. */
    @Override
    public boolean rests() {
        return claims.isEmpty();
    }

    @Override
    public void step(long now) {
        claims.ended().forEach(listener::observed);
        evidence.nextStep();
        List<WaitingLoop> waiting = waiting(now);
        if (!looked.isEmpty()) {
            Set<StallsightThread> present = Collections.newSetFromMap(new IdentityHashMap<>());
            waiting.forEach(one -> present.add(one.state()));
            looked.keySet().retainAll(present);
        }
        for (WaitingLoop one : waiting) {
            Looked last = looked.get(one.state());
            boolean suspect = now - one.since() >= SUSPICION_AFTER;
            boolean isDone = last != null && last.since == one.since() && (last.isDone || !suspect);
            if (!isDone && mayLook(now)) {
                boolean reported = look(one, waiting, suspect, now);
                looked.put(one.state(), new Looked(one.since(), reported || suspect));
            }
        }
    }

    private List<WaitingLoop> waiting(long now) {
        List<WaitingLoop> waiting = new ArrayList<>();
        for (NonBlockingThreads.Entry entry : threads.all()) {
            StallsightThread state = entry.state();
            StallsightLoop loop = entry.ticks();
            if (state != null && loop != null && loop.start() != 0) {
                long since = state.call().startedAt();
                Object target = glimpses.awaited(state);
                if (target != null && now - since >= PROOF_AFTER) {
                    waiting.add(new WaitingLoop(entry.thread(), state, loop, target, since));
                }
            }
        }
        return waiting;
    }

    /** Returns whether something was reported. */
    private boolean look(WaitingLoop one, List<WaitingLoop> all, boolean suspect, long now) {
        Evidence.Found found = evidence.find(one, one, all, suspect);
        if (found != null) {
            report(one, found, null, now);
            return true;
        }
        for (WaitingLoop other : all) {
            Object executor = other.executor();
            if (mayLook(now)
                    && other.state() != one.state()
                    && executor != null
                    && one.loop().tick().hasStartedOn(executor)) { // else each would be compared with all others
                found = evidence.find(one, other, all, suspect);
                Evidence.Found back = found == null ? null : evidence.find(other, one, all, suspect);
                if (found != null && back != null) {
                    boolean isProven = found.certainty() == Certainty.PROVEN && back.certainty() == Certainty.PROVEN;
                    report(
                            one,
                            new Evidence.Found(isProven ? Certainty.PROVEN : Certainty.SUSPECTED, found.path()),
                            other.thread().getName(),
                            now);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayLook(long now) {
        if (now - second > TimeUnit.SECONDS.toNanos(1)) {
            second = now;
            visited = evidence.visited();
        }
        return evidence.visited() - visited < MAX_OBJECTS_PER_SECOND;
    }

    private void report(WaitingLoop one, Evidence.Found found, @Nullable String through, long now) {
        List<StackTraceElement> stack = stacks.readable(ThreadFacts.stack(one.thread()));
        boolean isNobodys = found.certainty() == Certainty.SUSPECTED && stacks.isNobodysWait(stack);
        if (stack.isEmpty() || isNobodys) {
            return;
        }
        String name = one.thread().getName();
        long context = one.state().context();
        SelfDeadlock report = new SelfDeadlock(
                one.since(),
                now - one.since(),
                ThreadFacts.id(one.thread()),
                name,
                LoopGroup.of(name),
                stack.get(stacks.site(stack)),
                stack,
                one.target().getClass().getName(),
                found.path(),
                through,
                found.certainty(),
                glimpses.orHandedOn(glimpses.requestInProgress(one.state(), one.since()), context),
                context);
        if (claims.add(one, report)) {
            listener.observed(report);
        }
    }
}
